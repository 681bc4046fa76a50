package io.peregrine.perf.sim.world;

import org.agrona.collections.Long2ObjectHashMap;

import java.util.ArrayList;
import java.util.List;

/**
 * Places and the streams between them. A stream keeps its order, and may break and be born again with a gap; the
 * {@link Weather} can lose, double and disorder single messages besides. A way that is cut holds what is sent until it
 * heals, or loses it, one way or both.
 */
public final class Network
{
    /**
     * Sent.
     */
    public static final int SENT = 0;

    /**
     * There is no room now.
     */
    public static final int BACK_PRESSURED = -1;

    /**
     * Nothing gets there now.
     */
    public static final int NOT_CONNECTED = -2;

    /**
     * The channel on which nothing comes twice.
     */
    public static final int SINGLE = 8;

    private static final int WINDOW = 256 * 1024;
    private static final int CHANNELS = 32;
    private static final int PLACES = 64;

    private final Timeline timeline;
    private final Weather weather;
    private final Receiver[] receivers = new Receiver[PLACES];
    private final int[][] cuts = new int[PLACES][PLACES];
    private final boolean[][] loses = new boolean[PLACES][PLACES];
    private final Long2ObjectHashMap<Stream> streams = new Long2ObjectHashMap<>();
    private final List<Stream> inOrder = new ArrayList<>();
    private long delivered;

    /**
     * @param timeline of the run.
     */
    public Network(final Timeline timeline)
    {
        this.timeline = timeline;
        this.weather = new Weather(timeline.newRandom());
    }

    /**
     * @return how it is.
     */
    public Weather weather()
    {
        return weather;
    }

    /**
     * @return messages that came to their goals.
     */
    public long delivered()
    {
        return delivered;
    }

    /**
     * @param place    number of it.
     * @param receiver that is there from now on.
     */
    public void put(final int place, final Receiver receiver)
    {
        receivers[place] = receiver;
    }

    /**
     * @param from    place.
     * @param to      place.
     * @param channel messages on one do not wait for those on another.
     * @param payload of the message.
     * @param length  that it counts as.
     * @param laterNs how much later than now it leaves.
     * @return {@link #SENT}, {@link #BACK_PRESSURED} or {@link #NOT_CONNECTED}.
     */
    public int send(
        final int from, final int to, final int channel, final Object payload, final int length, final long laterNs)
    {
        final Stream stream = stream(from, to, channel);
        final int state = state(stream, length);
        if (state == SENT && !weather.loses())
        {
            stream.waiting += length;
            carry(stream, payload, length, laterNs);
            if (channel != SINGLE && weather.doubles())
            {
                stream.waiting += length;
                carry(stream, payload, length, laterNs);
            }
        }
        return state;
    }

    /**
     * @param from    place.
     * @param to      place.
     * @param channel of the stream.
     * @param length  of a message.
     * @return what {@link #send} would return.
     */
    public int room(final int from, final int to, final int channel, final int length)
    {
        return state(stream(from, to, channel), length);
    }

    /**
     * Nothing gets from one place to another.
     *
     * @param from  place.
     * @param to    place.
     * @param lossy whether what is sent meanwhile is lost; else it comes late.
     */
    public void cut(final int from, final int to, final boolean lossy)
    {
        cuts[from][to]++;
        loses[from][to] = lossy;
    }

    /**
     * A cut is over.
     *
     * @param from place.
     * @param to   place.
     */
    public void heal(final int from, final int to)
    {
        if (cuts[from][to] > 0 && --cuts[from][to] == 0)
        {
            for (final Stream stream : inOrder)
            {
                if (stream.from == from && stream.to == to && stream.holds == 0)
                {
                    release(stream);
                }
            }
        }
    }

    /**
     * What is sent on one channel comes later, when that is over.
     *
     * @param from    place.
     * @param to      place.
     * @param channel of the stream.
     */
    public void hold(final int from, final int to, final int channel)
    {
        stream(from, to, channel).holds++;
    }

    /**
     * It is over.
     *
     * @param from    place.
     * @param to      place.
     * @param channel of the stream.
     */
    public void release(final int from, final int to, final int channel)
    {
        final Stream stream = stream(from, to, channel);
        if (stream.holds > 0 && --stream.holds == 0 && cuts[from][to] == 0)
        {
            release(stream);
        }
    }

    /**
     * Every stream between two places breaks: what is under way is lost, and nothing is taken until another is born.
     *
     * @param one      place.
     * @param other    place.
     * @param lengthNs until then.
     */
    public void breakStreams(final int one, final int other, final long lengthNs)
    {
        for (final Stream stream : inOrder)
        {
            if (stream.from == one && stream.to == other || stream.from == other && stream.to == one)
            {
                breakStream(stream, timeline.nowNs() + lengthNs);
            }
        }
    }

    /**
     * The streams from one place to another have no room.
     *
     * @param from     place.
     * @param to       place.
     * @param lengthNs for how long.
     */
    public void choke(final int from, final int to, final long lengthNs)
    {
        for (final Stream stream : inOrder)
        {
            if (stream.from == from && stream.to == to)
            {
                stream.backPressureUntilNs = timeline.nowNs() + lengthNs;
            }
        }
    }

    /**
     * A place is not there any more: whatever is under way to it is lost.
     *
     * @param place that is gone.
     */
    public void forget(final int place)
    {
        for (final Stream stream : inOrder)
        {
            if (stream.to == place || stream.from == place)
            {
                breakStream(stream, 0);
            }
        }
    }

    private void breakStream(final Stream stream, final long untilNs)
    {
        stream.life++;
        stream.held.clear();
        stream.waiting = 0;
        stream.brokenUntilNs = untilNs;
    }

    private Stream stream(final int from, final int to, final int channel)
    {
        final long key = ((long) from * PLACES + to) * CHANNELS + channel;
        Stream stream = streams.get(key);
        if (stream == null)
        {
            stream = new Stream(from, to, channel);
            streams.put(key, stream);
            inOrder.add(stream);
        }
        return stream;
    }

    private int state(final Stream stream, final int length)
    {
        if (stream.brokenUntilNs > timeline.nowNs())
        {
            return NOT_CONNECTED;
        }

        return stream.backPressureUntilNs > timeline.nowNs() || stream.waiting + length > WINDOW && stream.waiting > 0 ?
            BACK_PRESSURED : SENT;
    }

    private void carry(final Stream stream, final Object payload, final int length, final long laterNs)
    {
        long arrival = timeline.nowNs() + laterNs + weather.delayNs();
        if (weather.strays())
        {
            arrival += weather.strayNs();
        }
        else
        {
            arrival = Math.max(arrival, stream.lastArrivalNs);
            stream.lastArrivalNs = arrival;
        }

        final Message message = new Message(stream, payload, length);
        final int life = stream.life;
        timeline.at(arrival, () -> arrive(stream, message, life));
    }

    private void arrive(final Stream stream, final Message message, final int life)
    {
        if (life != stream.life)
        {
            return;
        }
        final boolean isCut = cuts[stream.from][stream.to] > 0;
        if (!isCut && stream.holds == 0)
        {
            deliver(stream, message);
        }
        else if (isCut && loses[stream.from][stream.to])
        {
            message.take();
        }
        else
        {
            stream.held.add(message);
        }
    }

    private void release(final Stream stream)
    {
        for (Message message = stream.held.poll(); message != null; message = stream.held.poll())
        {
            carry(stream, message.payload(), message.length(), 0);
        }
    }

    private void deliver(final Stream stream, final Message message)
    {
        delivered++;
        final Receiver receiver = receivers[stream.to];
        if (receiver == null)
        {
            message.take();
        }
        else
        {
            receiver.onMessage(message);
        }
    }
}
