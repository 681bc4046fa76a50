package io.peregrine.node.cluster;

import io.peregrine.node.codec.Flag;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.SeedStatusDecoder;
import io.peregrine.node.codec.SeedStatusEncoder;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.transport.process.StartupException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.BiConsumer;

/**
 * By this seeds tell each other how they stand: single datagrams, that may get lost. One thread.
 */
final class SeedPort implements AutoCloseable
{
    private static final int LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + SeedStatusEncoder.BLOCK_LENGTH;

    private static final int SAME_IN_ALL =
        SeedStatusDecoder.nodeVersionEncodingOffset() + SeedStatusDecoder.nodeVersionEncodingLength();
    private static final int MOST_AT_ONCE = 16;

    private final Seeds seeds;
    private final ErrorHandler errors;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final SeedStatusEncoder encoder = new SeedStatusEncoder();
    private final SeedStatusDecoder decoder = new SeedStatusDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final DatagramChannel channel;

    /**
     * How a seed stands. Of one of another version nothing else is known.
     *
     * @param version     of it.
     * @param seed        which it is.
     * @param hash        of all seeds and the grid's name, as it is configured.
     * @param gridId      of the grid that it has the control plane of; 0 for none.
     * @param commit      log position up to which it knows all to be committed.
     * @param knownCommit the highest such position that the receiver ever told it.
     * @param standing    of it.
     * @param leads       whether it leads.
     * @param asks        whether it wants to be answered.
     */
    record Status(
        long version,
        int seed,
        long hash,
        long gridId,
        long commit,
        long knownCommit,
        Standing standing,
        boolean leads,
        boolean asks)
    {
    }

    SeedPort(final Seeds seeds, final int self, final ErrorHandler errors)
    {
        this.seeds = seeds;
        this.errors = errors;
        DatagramChannel opened = null;
        try
        {
            opened = DatagramChannel.open();
            opened.configureBlocking(false);
            opened.bind(address(self));
            channel = opened;
        }
        catch (final IOException | RuntimeException ex)
        {
            CloseHelper.quietClose(opened);
            throw new StartupException("the port " + seeds.get(self).statusPort() + " of this seed cannot be used (" +
                ex + "): it is taken, or " + seeds.get(self).host() + " is not this machine; correct 'seeds'.", ex);
        }
    }

    void send(final int to, final Status status)
    {
        try
        {
            send(address(to), status);
        }
        catch (final IOException | RuntimeException ex)
        {
            errors.onError(ex);
        }
    }

    void send(final SocketAddress to, final Status status)
    {
        encoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .nodeVersion(status.version())
            .seeds(status.hash())
            .gridId(status.gridId())
            .commit(status.commit())
            .knownCommit(status.knownCommit())
            .seed((short) status.seed())
            .standing((short) status.standing().ordinal())
            .leads(status.leads() ? Flag.YES : Flag.NO)
            .asks(status.asks() ? Flag.YES : Flag.NO);
        bytes.clear().limit(LENGTH);
        try
        {
            channel.send(bytes, to);
        }
        catch (final IOException | RuntimeException ex)
        {
            errors.onError(ex);
        }
    }

    /**
     * @param listener of what came, and from where.
     * @return how much.
     */
    int poll(final BiConsumer<Status, SocketAddress> listener)
    {
        int count = 0;
        try
        {
            bytes.clear();
            SocketAddress from = channel.receive(bytes);
            while (from != null)
            {
                count++;
                final Status status = decode(bytes.position());
                if (status != null)
                {
                    listener.accept(status, from);
                }
                bytes.clear();
                from = count < MOST_AT_ONCE ? channel.receive(bytes) : null;
            }
        }
        catch (final IOException ex)
        {
            errors.onError(ex);
        }

        return count;
    }

    private Status decode(final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + SAME_IN_ALL)
        {
            return null;
        }

        headerDecoder.wrap(buffer, 0);
        if (headerDecoder.schemaId() != SeedStatusDecoder.SCHEMA_ID ||
            headerDecoder.templateId() != SeedStatusDecoder.TEMPLATE_ID)
        {
            return null;
        }

        decoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
        final long version = decoder.nodeVersion();
        if (version != NodeVersion.CURRENT)
        {
            return new Status(version, 0, 0, 0, 0, 0, Standing.BLANK, false, false);
        }
        if (length < LENGTH || headerDecoder.blockLength() != SeedStatusDecoder.BLOCK_LENGTH)
        {
            return null;
        }

        final long hash = decoder.seeds();
        final long gridId = decoder.gridId();
        final long commit = decoder.commit();
        final long knownCommit = decoder.knownCommit();
        final int seed = decoder.seed();
        final int standing = decoder.standing();
        final boolean leads = decoder.leadsRaw() == Flag.YES.value();
        final boolean asks = decoder.asksRaw() == Flag.YES.value();
        return standing >= Standing.values().length ? null :
            new Status(version, seed, hash, gridId, commit, knownCommit, Standing.values()[standing], leads, asks);
    }

    private SocketAddress address(final int seed) throws IOException
    {
        return new InetSocketAddress(InetAddress.getByName(seeds.get(seed).host()), seeds.get(seed).statusPort());
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(channel);
    }
}
