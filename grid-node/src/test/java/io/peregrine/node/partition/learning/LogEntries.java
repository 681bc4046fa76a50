package io.peregrine.node.partition.learning;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.CreateStructureEncoder;
import io.peregrine.storage.codec.DropStructureEncoder;
import io.peregrine.storage.codec.MapCommandEncoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.OpenSessionEncoder;
import io.peregrine.storage.codec.StructureKind;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Random entries of a partition's log. Seeded.
 */
final class LogEntries
{
    private static final int STRUCTURES = 3;
    private static final int KEYS = 200;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Random random;
    private long time = 1;

    LogEntries(final Random random)
    {
        this.random = random;
    }

    /**
     * @return length of the entry at 0.
     */
    int next(final long sequence)
    {
        time += random.nextInt(10);
        final int kind = random.nextInt(100);
        if (kind < 6)
        {
            return create(sequence, 1 + random.nextInt(STRUCTURES));
        }
        if (kind < 7)
        {
            return drop(sequence, 1 + random.nextInt(STRUCTURES));
        }
        if (kind < 9)
        {
            return openSession(sequence);
        }
        return command(sequence, 1 + random.nextInt(STRUCTURES), random.nextInt(KEYS), random.nextInt(300));
    }

    int create(final long sequence, final int structureId)
    {
        final CreateStructureEncoder encoder = new CreateStructureEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .structureId(structureId).kind(StructureKind.MAP).traits((short) 0).reserved(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    int command(final long sequence, final int structureId, final int key, final int valueLength)
    {
        final byte[] keyBytes = ("key-" + key).getBytes(StandardCharsets.US_ASCII);
        final byte[] value = new byte[valueLength];
        random.nextBytes(value);
        final MapCommandEncoder encoder = new MapCommandEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .deadline(0).maxIdle(0).operand(0).expectedVersion(0).structureId(structureId)
            .action(random.nextInt(4) == 0 ? Action.REMOVE : Action.PUT).condition(Condition.NONE)
            .flags().clear();
        encoder.reserved((short) 0).putKey(keyBytes, 0, keyBytes.length).putValue(value, 0, value.length)
            .putExpected(value, 0, 0);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int drop(final long sequence, final int structureId)
    {
        final DropStructureEncoder encoder = new DropStructureEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .structureId(structureId).reserved(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int openSession(final long sequence)
    {
        final OpenSessionEncoder encoder = new OpenSessionEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0).timeout(1_000_000);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
