package io.peregrine.client;

import io.peregrine.client.port.ReadDetails;
import io.peregrine.client.port.RequestPort;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one thread needs to call the grid by typed handles: room to encode into, room to read into, and a lane from the
 * first request on. Single-threaded. Must not refer to the grid, whose thread-local holds it.
 */
final class Caller
{
    private static final int INITIAL_READ = 4096;
    private static final int KEEP = 256 * 1024;

    final ScratchBuffer key;
    final ScratchBuffer value;
    final ScratchBuffer expected;
    final MapCommand command = new MapCommand();
    final ReadDetails details = new ReadDetails();
    final UnsafeBuffer read = new UnsafeBuffer(new byte[INITIAL_READ]);
    private final RequestPort port;
    private final LaneRegistry lanes;
    private long timeoutNs;
    private BlockingCalls calls;
    private boolean busy;

    Caller(final RequestPort port, final LaneRegistry lanes)
    {
        this.port = port;
        this.lanes = lanes;
        key = new ScratchBuffer(port.maxKeyLength());
        value = new ScratchBuffer(port.maxValueLength());
        expected = new ScratchBuffer(port.maxValueLength());
    }

    /**
     * A call begins; {@link #exit()} has to follow. Refuses a call from within a call, which only a codec can make.
     */
    void enter()
    {
        if (busy)
        {
            throw Errors.failed(ErrorCode.CODEC_FAILED, "a codec must not call the grid");
        }
        busy = true;
    }

    void exit()
    {
        busy = false;
    }

    /**
     * How long the call that begins may wait.
     */
    Caller within(final long newTimeoutNs)
    {
        timeoutNs = newTimeoutNs;
        return this;
    }

    BlockingCalls calls()
    {
        if (calls == null)
        {
            calls = new BlockingCalls(new Exchange(port, lanes.open(Thread.currentThread()), timeoutNs));
        }
        calls.exchange().timeoutNs(timeoutNs);
        return calls;
    }

    void closeLane()
    {
        if (calls != null)
        {
            lanes.close(calls.exchange().lane());
            calls = null;
        }
    }

    <K> int encodeKey(final Codec<K> codec, final K plain)
    {
        final int length = encode(codec, plain, key, "key");
        if (length < 1)
        {
            throw Errors.keyEmpty();
        }
        return length;
    }

    <V> int encodeValue(final Codec<V> codec, final V plain)
    {
        value.trim();
        return encode(codec, plain, value, "value");
    }

    <V> int encodeExpected(final Codec<V> codec, final V plain)
    {
        expected.trim();
        return encode(codec, plain, expected, "value");
    }

    /**
     * Room for a value of this length.
     */
    void ensureRead(final int length)
    {
        if (read.capacity() < length)
        {
            read.wrap(new byte[length]);
        }
    }

    void trimRead()
    {
        if (read.capacity() > KEEP)
        {
            read.wrap(new byte[INITIAL_READ]);
        }
    }

    private <T> int encode(final Codec<T> codec, final T plain, final ScratchBuffer buffer, final String what)
    {
        try
        {
            final int length = codec.encode(plain, buffer, 0);
            if (length < 0 || length > buffer.capacity())
            {
                throw Errors.failed(ErrorCode.CODEC_FAILED,
                    "the codec of the " + what + " says that it wrote " + length + " bytes, which it has not");
            }
            return length;
        }
        catch (final GridException | ClassCastException ex)
        {
            throw ex;
        }
        catch (final ScratchBuffer.LimitExceeded ex)
        {
            throw buffer == key ? Errors.keyTooLong(port.maxKeyLength()) : Errors.valueTooLong(port.maxValueLength());
        }
        catch (final Exception | StackOverflowError ex)
        {
            throw Errors.codec(what, ex);
        }
    }
}
