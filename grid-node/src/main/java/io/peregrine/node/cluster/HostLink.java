package io.peregrine.node.cluster;

import io.aeron.Aeron;
import io.aeron.PublicationErrorFrameHandler;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.TimeoutException;
import io.aeron.logbuffer.Header;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.HostReader;
import io.peregrine.node.control.wire.HostWriter;
import io.peregrine.node.control.wire.MalformedException;
import io.peregrine.transport.DriverFactory;
import io.peregrine.transport.guard.GuardedEndpoints;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A node's session with whoever leads the control plane: found, kept, and found again, for as long as it takes. A node
 * that is no seed has a small media driver of its own for it, which works when this does. One thread.
 */
final class HostLink implements EgressListener, AutoCloseable
{
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long KEEP_ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long NEW_LEADER_NS = TimeUnit.SECONDS.toNanos(4);
    private static final int STREAMS = 64;

    private final ClusterSettings settings;
    private final Consumer<HostMessage> listener;
    private final Runnable onLeader;
    private final Patience patience;
    private final HostReader reader = new HostReader();
    private final HostWriter writer = new HostWriter();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Pieces.MOST_MESSAGE]);
    private MediaDriver driver;
    private Aeron aeron;
    private AeronCluster.AsyncConnect connecting;
    private AeronCluster session;
    private long retryAtNs;
    private long keptNs;
    private String problem = "none yet";

    /**
     * @param listener told what comes.
     * @param onLeader called when somebody leads who may not have said all that there is to know: at the beginning of a
     *                 session, and when another leads.
     * @param patience with sessions that are to begin.
     */
    HostLink(
        final ClusterSettings settings,
        final Consumer<HostMessage> listener,
        final Runnable onLeader,
        final Patience patience)
    {
        this.settings = settings;
        this.listener = listener;
        this.onLeader = onLeader;
        this.patience = patience;
        retryAtNs = System.nanoTime();
    }

    /**
     * @param seedDriver directory of the seed's media driver; null where this node has to have one.
     */
    int work(final Path seedDriver, final long nowNs)
    {
        try
        {
            return move(seedDriver, nowNs);
        }
        catch (final RuntimeException ex)
        {
            if (connecting != null && ex instanceof TimeoutException)
            {
                patience.onTooLate();
            }
            drop(nowNs);
            if (aeron == null || aeron.isClosed())
            {
                close();
            }
            problem = ex instanceof TimeoutException ? "no answer in time" : String.valueOf(ex.getMessage());
            return 1;
        }
    }

    private int move(final Path seedDriver, final long nowNs)
    {
        if (aeron != null && aeron.isClosed())
        {
            close();
        }
        if (aeron == null)
        {
            if (nowNs - retryAtNs < 0)
            {
                return 0;
            }
            open(seedDriver);
        }

        int work = driver == null ? 0 : driver.sharedAgentInvoker().invoke();
        work += aeron.conductorAgentInvoker().invoke();
        if (session != null)
        {
            work += keep(nowNs);
        }
        else if (connecting != null)
        {
            session = connecting.poll();
            if (session != null)
            {
                connecting = null;
                keptNs = nowNs;
                patience.onBegun();
                onLeader.run();
                work++;
            }
        }
        else if (nowNs - retryAtNs >= 0)
        {
            connecting = AeronCluster.asyncConnect(context());
            work++;
        }

        return work;
    }

    private int keep(final long nowNs)
    {
        int work = session.pollEgress();
        if (nowNs - keptNs >= KEEP_ALIVE_NS && session.sendKeepAlive())
        {
            keptNs = nowNs;
            work++;
        }
        if (session.isClosed())
        {
            drop(nowNs);
        }

        return work;
    }

    private void open(final Path seedDriver)
    {
        if (seedDriver == null)
        {
            driver = DriverFactory.launchInvoked(
                settings.driver(), STREAMS, new GuardedEndpoints(), settings.errors());
            aeron = DriverFactory.connect(driver, settings.errors());
        }
        else
        {
            aeron = DriverFactory.connect(seedDriver, settings.errors(), PublicationErrorFrameHandler.NO_OP);
        }
    }

    private AeronCluster.Context context()
    {
        return new AeronCluster.Context()
            .aeron(aeron)
            .ownsAeronClient(false)
            .agentInvoker(driver == null ? null : driver.sharedAgentInvoker())
            .ingressChannel("aeron:udp?term-length=256k")
            .ingressEndpoints(settings.seeds().ingress())
            .egressChannel("aeron:udp?term-length=256k|endpoint=" + settings.host() + ":0")
            .messageTimeoutNs(patience.currentNs())
            .newLeaderTimeoutNs(NEW_LEADER_NS)
            .isDirectAssemblers(true)
            .egressListener(this)
            .clientName(settings.node().key())
            .errorHandler(settings.errors());
    }

    /**
     * @return whether there is a session, as far as is known.
     */
    boolean isOpen()
    {
        return session != null && !session.isClosed();
    }

    /**
     * @return what went wrong last, for whoever looks for the cause.
     */
    String problem()
    {
        return problem;
    }

    /**
     * @return when the session was last kept up with success, in nanoseconds.
     */
    long keptNs()
    {
        return keptNs;
    }

    /**
     * @return whether it was handed on.
     */
    boolean send(final HostMessage request)
    {
        return isOpen() && session.offer(message, 0, writer.encode(request, message, 0)) > 0;
    }

    @Override
    public void onMessage(
        final long clusterSessionId,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header)
    {
        try
        {
            listener.accept(reader.decode(buffer, offset, length));
        }
        catch (final MalformedException ex)
        {
            settings.errors().onError(ex);
        }
    }

    @Override
    public void onNewLeader(
        final long clusterSessionId,
        final long leadershipTermId,
        final int leaderMemberId,
        final String ingressEndpoints)
    {
        onLeader.run();
    }

    /**
     * End the session, and look for another one a little later.
     */
    void drop(final long nowNs)
    {
        CloseHelper.quietClose(connecting);
        CloseHelper.quietClose(session);
        connecting = null;
        session = null;
        retryAtNs = nowNs + RETRY_NS;
    }

    /**
     * Give everything back; used again, it begins anew.
     */
    @Override
    public void close()
    {
        drop(System.nanoTime());
        CloseHelper.quietCloseAll(aeron, driver);
        aeron = null;
        driver = null;
    }
}
