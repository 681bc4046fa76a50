package io.peregrine.node.partition.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Loses messages, brings them twice, late, and out of order.
 */
final class BadNetwork
{
    int lossPercent;
    /**
     * Messages arrive within so many steps; one in so many much later.
     */
    int delaySteps = 3;
    int oneLateIn = 50;

    private final List<Message> messages = new ArrayList<>();
    private final Random random;

    BadNetwork(final Random random)
    {
        this.random = random;
    }

    /**
     * @param action what the message does when it arrives.
     */
    void send(final Runnable action, final long nowNs)
    {
        final int copies = random.nextInt(100) < lossPercent ? 0 : random.nextInt(4) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            final int steps = random.nextInt(random.nextInt(oneLateIn) == 0 ? 300 : delaySteps);
            messages.add(new Message(nowNs + steps * LearningGrid.STEP_NS, action));
        }
    }

    /**
     * @param check what holds after each.
     */
    void deliver(final long nowNs, final Runnable check)
    {
        final List<Message> due = messages.stream().filter(message -> message.atNs <= nowNs).toList();
        messages.removeAll(due);
        for (final Message message : due)
        {
            message.action.run();
            check.run();
        }
    }

    private static final class Message
    {
        private final long atNs;
        private final Runnable action;

        private Message(final long atNs, final Runnable action)
        {
            this.atNs = atNs;
            this.action = action;
        }
    }
}
