package io.peregrine.node.control.wire;

import io.peregrine.node.codec.Decision;
import io.peregrine.node.codec.MemberState;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.StructureKind;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ControlWireTest
{
    private static final int AT = 24;
    private static final int STRUCTURES = 3 * ViewWriter.PAGE + 1;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());

    @Test
    void shouldGiveSameStateWhenViewWasBytes() throws MalformedException
    {
        for (int round = 0; round < 200; round++)
        {
            final RandomControl control = new RandomControl(seed + round);
            control.run(round);
            final ControlView view = control.state.view();
            assertEquals(view.digest(), copy(view).digest(), "with -Dseed=" + seed);

            final ControlState loaded = new ControlState();
            loaded.load(copy(view));
            for (int i = 0; i < 50; i++)
            {
                final ControlCommand command = control.command();
                assertEquals(control.state.apply(command, 1_000 + i), loaded.apply(command, 1_000 + i));
            }
            assertEquals(control.state.digest(), loaded.digest(), "with -Dseed=" + seed);
        }
    }

    @Test
    void shouldGiveEmptyStateWhenNothingWasFounded() throws MalformedException
    {
        final ControlView view = new ControlState().view();
        assertEquals(view.digest(), copy(view).digest());
    }

    @Test
    void shouldGiveSameStateWhenGridIsLarge() throws MalformedException
    {
        final ControlState state = new ControlState();
        state.apply(new ControlCommand.Found(
            new GridSettings(GridSettings.MAX_PARTITIONS, 2, 1, STRUCTURES, 100, 100, 100)), 1);
        for (int i = 0; i < STRUCTURES; i++)
        {
            state.apply(new ControlCommand.Define("map" + i, StructureKind.MAP, 0, 0), 1);
        }
        state.apply(new ControlCommand.Join("first", "", 1, "", 1, 1, 0), 1);
        final ControlView view = state.view();
        assertEquals(STRUCTURES, copy(view).structures().size());
        assertEquals(view.digest(), copy(view).digest());
    }

    @Test
    void shouldGiveSameCommandWhenItWasBytes() throws MalformedException
    {
        final RandomControl control = new RandomControl(seed);
        control.run(100);
        for (int round = 0; round < 2_000; round++)
        {
            final ControlCommand command = control.command();
            final int length = new CommandWriter().encode(command, buffer, AT);
            assertEquals(command, new CommandReader().decode(buffer, AT, length));
        }
    }

    @Test
    void shouldGiveSameAnswerWhenItWasBytes() throws MalformedException
    {
        for (final ControlCode code : ControlCode.values())
        {
            final ControlResult result = new ControlResult(code, 1L << 40, Long.MAX_VALUE);
            final int length = AnswerWire.encode(result, buffer, AT);
            assertEquals(result, AnswerWire.decode(buffer, AT, length));
        }
    }

    @Test
    void shouldKnowEveryValueWhenEnumerationsAreCompared()
    {
        assertEquals(
            Arrays.stream(ControlCode.values()).map(Enum::name).toList(),
            names(Decision.values(), Decision.NULL_VAL));
        assertEquals(
            Arrays.stream(MemberStatus.values()).map(Enum::name).toList(),
            names(MemberState.values(), MemberState.NULL_VAL));
    }

    @Test
    void shouldSayMalformedWhenMessageIsCutShort()
    {
        final RandomControl control = new RandomControl(seed);
        control.run(60);
        final int view = new ViewWriter().encode(control.state.view(), buffer, AT);
        for (int length = 0; length < view; length++)
        {
            final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), AT + length));
            final int shorter = length;
            assertThrows(MalformedException.class, () -> new ViewReader().decode(cut, AT, shorter));
        }
        for (int round = 0; round < 50; round++)
        {
            final ControlCommand command = control.command();
            final int whole = new CommandWriter().encode(command, buffer, AT);
            for (int length = 0; length < whole; length++)
            {
                final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), AT + length));
                final int shorter = length;
                assertThrows(
                    MalformedException.class, () -> new CommandReader().decode(cut, AT, shorter), command::toString);
            }
        }
    }

    @Test
    void shouldGiveWholeValueOrSayMalformedWhenBytesAreChanged()
    {
        final Random random = new Random(seed);
        int taken = 0;
        int refused = 0;
        RandomControl control = null;
        for (int round = 0; round < 10_000; round++)
        {
            if (round % 200 == 0)
            {
                control = new RandomControl(seed + round);
                control.run(40);
            }
            final boolean isView = random.nextBoolean();
            final int length = isView ?
                new ViewWriter().encode(control.state.view(), buffer, AT) :
                new CommandWriter().encode(control.command(), buffer, AT);
            final UnsafeBuffer changed = new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), AT + length));
            for (int i = random.nextInt(4); i >= 0; i--)
            {
                mutate(random, changed, length);
            }
            try
            {
                check(isView, changed, length);
                taken++;
            }
            catch (final MalformedException ex)
            {
                refused++;
            }
        }
        assertTrue(taken > 100 && refused > 100, taken + " taken, " + refused + " refused");
    }

    @Test
    void shouldSayMalformedWhenBytesAreNoise()
    {
        final Random random = new Random(seed);
        final byte[] bytes = new byte[512];
        for (int round = 0; round < 20_000; round++)
        {
            random.nextBytes(bytes);
            final int length = random.nextInt(bytes.length);
            assertThrows(
                MalformedException.class, () -> new ViewReader().decode(new UnsafeBuffer(bytes), 0, length));
            assertThrows(
                MalformedException.class, () -> new CommandReader().decode(new UnsafeBuffer(bytes), 0, length));
            assertThrows(MalformedException.class, () -> AnswerWire.decode(new UnsafeBuffer(bytes), 0, length));
        }
    }

    @Test
    void shouldSayMalformedWhenLengthIsNotInBuffer()
    {
        final int length = AnswerWire.encode(new ControlResult(ControlCode.OK, 1, 1), buffer, 0);
        final UnsafeBuffer exact = new UnsafeBuffer(buffer, 0, length);
        assertThrows(MalformedException.class, () -> AnswerWire.decode(exact, 0, length + 1));
        assertThrows(MalformedException.class, () -> AnswerWire.decode(exact, -1, length));
        assertThrows(MalformedException.class, () -> AnswerWire.decode(exact, 0, -1));
        assertThrows(MalformedException.class, () -> AnswerWire.decode(exact, Integer.MAX_VALUE, length));
    }

    @Test
    void shouldRefuseToEncodeWhenTextHasHalfACharacter()
    {
        final ControlCommand command = new ControlCommand.Define("\uD83E", StructureKind.MAP, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> new CommandWriter().encode(command, buffer, 0));
    }

    private static void mutate(final Random random, final UnsafeBuffer buffer, final int length)
    {
        final int at = AT + (random.nextBoolean() ? random.nextInt(length) : random.nextInt(Math.min(length, 120)));
        switch (random.nextInt(3))
        {
            case 0 -> buffer.putByte(at, (byte) random.nextInt());
            case 1 -> buffer.putByte(at, (byte) (buffer.getByte(at) ^ 1 << random.nextInt(8)));
            default -> buffer.putByte(at, (byte) (random.nextBoolean() ? 0xFF : 0));
        }
    }

    /**
     * What is taken is a value that the control plane can work with, and that comes out the same again.
     */
    private void check(final boolean isView, final UnsafeBuffer changed, final int length) throws MalformedException
    {
        if (isView)
        {
            final ControlView view = new ViewReader().decode(changed, AT, length);
            final ControlState state = new ControlState();
            state.load(view);
            state.apply(new ControlCommand.Join("another", "", 1, "", 1, 5, 0), 5);
            assertEquals(view.digest(), copy(view).digest());
        }
        else
        {
            final ControlCommand command = new CommandReader().decode(changed, AT, length);
            final RandomControl control = new RandomControl(1);
            control.run(20);
            control.state.apply(command, 1);
            assertEquals(
                command, new CommandReader().decode(buffer, AT, new CommandWriter().encode(command, buffer, AT)));
        }
    }

    private ControlView copy(final ControlView view) throws MalformedException
    {
        final int length = new ViewWriter().encode(view, buffer, AT);
        return new ViewReader().decode(buffer, AT, length);
    }

    private static <E extends Enum<E>> List<String> names(final E[] values, final E none)
    {
        return Arrays.stream(values).filter(value -> value != none).map(Enum::name).toList();
    }
}
