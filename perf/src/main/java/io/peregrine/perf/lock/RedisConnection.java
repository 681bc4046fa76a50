package io.peregrine.perf.lock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection to Redis that asks one thing and waits for its answer, as its clients for Java do: on a socket that
 * blocks, without delay. One thread.
 */
final class RedisConnection implements AutoCloseable
{
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    RedisConnection(final int port)
    {
        try
        {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("Redis is not reached", ex);
        }
    }

    /**
     * @param words of a command.
     * @return what is sent for it.
     */
    static byte[] command(final String... words)
    {
        final StringBuilder text = new StringBuilder().append('*').append(words.length).append("\r\n");
        for (final String word : words)
        {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }

        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param command that is sent.
     * @param skipped lines of the answer before the one that counts.
     * @return a line of the answer.
     */
    String ask(final byte[] command, final int skipped)
    {
        try
        {
            out.write(command);
            String line = in.readLine();
            for (int i = 0; i < skipped; i++)
            {
                line = in.readLine();
            }

            return line;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("Redis does not answer", ex);
        }
    }

    @Override
    public void close()
    {
        try
        {
            socket.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the connection to Redis cannot be closed", ex);
        }
    }
}
