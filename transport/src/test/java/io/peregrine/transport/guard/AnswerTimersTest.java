package io.peregrine.transport.guard;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.peregrine.transport.DriverFactory;
import io.peregrine.transport.link.LinkProtocol;
import io.peregrine.transport.process.UdpPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Two drivers that have the same clock, which moves a little with each of their cycles: what waits for a timer shows in
 * that time, and how slow the machine is does not.
 */
class AnswerTimersTest
{
    private static final long CYCLE_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final int REQUESTS = 1;
    private static final int ANSWERS = 2;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private long nowNs = TimeUnit.SECONDS.toNanos(1);
    private MediaDriver nodeDriver;
    private MediaDriver clientDriver;
    private Aeron node;
    private Aeron client;

    @TempDir
    private Path directory;

    @Test
    @Timeout(60)
    void shouldConnectAStreamOfAnswersBeforeAnyTimerOfTheDriversIsDue()
    {
        final String requestsAt = UdpPort.free();
        final String answers = "aeron:udp?control-mode=response|control=" + LinkProtocol.answerEndpoint(requestsAt);
        try (MediaDriver driverOfNode = launch("node");
            MediaDriver driverOfClient = launch("client");
            Aeron ofNode = DriverFactory.connect(driverOfNode, errors::add);
            Aeron ofClient = DriverFactory.connect(driverOfClient, errors::add))
        {
            nodeDriver = driverOfNode;
            clientDriver = driverOfClient;
            node = ofNode;
            client = ofClient;
            final Subscription asked = node.addSubscription("aeron:udp?endpoint=" + requestsAt, REQUESTS);
            final Subscription answered = client.addSubscription(answers, ANSWERS);
            final Publication asking = client.addPublication(
                "aeron:udp?endpoint=" + requestsAt + "|response-correlation-id=" + answered.registrationId(), REQUESTS);
            await(() -> asking.isConnected() && asked.imageCount() == 1);

            final long startNs = nowNs;
            final ExclusivePublication answering = node.addExclusivePublication(
                answers + "|response-correlation-id=" + asked.imageAtIndex(0).correlationId(), ANSWERS);
            await(() -> answering.isConnected() && answered.isConnected());

            final long tookNs = nowNs - startNs;
            assertTrue(tookNs < Configuration.PUBLICATION_SETUP_TIMEOUT_NS, () -> "took " + tookNs + " ns");
            assertEquals(List.of(), errors);
        }
    }

    private MediaDriver launch(final String name)
    {
        final GuardedEndpoints endpoints = new GuardedEndpoints();
        final GuardTally tally = new GuardTally();
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
            .aeronDirectoryName(directory.resolve(name).toString())
            .threadingMode(ThreadingMode.INVOKER)
            .nanoClock(() -> nowNs)
            .asyncExecutorEnabled(false)
            .termBufferSparseFile(true)
            .publicationTermBufferLength(DriverFactory.TERM_LENGTH)
            .errorHandler(errors::add)
            .receiveChannelEndpointSupplier((channel, dispatcher, status, driver) -> new GuardedReceiver(
                channel, dispatcher, status, driver, endpoints, StreamRules.of(DriverFactory.TERM_LENGTH), tally))
            .sendChannelEndpointSupplier((channel, status, driver) ->
                new GuardedSender(channel, status, driver, endpoints, tally)));
    }

    private void await(final BooleanSupplier condition)
    {
        final long endNs = nowNs + LIMIT_NS;
        while (!condition.getAsBoolean())
        {
            assertTrue(nowNs - endNs < 0, () -> "waited in vain " + errors);
            nowNs += CYCLE_NS;
            nodeDriver.sharedAgentInvoker().invoke();
            clientDriver.sharedAgentInvoker().invoke();
            node.conductorAgentInvoker().invoke();
            client.conductorAgentInvoker().invoke();
        }
    }
}
