package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The ways to all addresses of a client. It keeps to the node that answered first; while that is not reached, all
 * addresses are asked, each again and again after growing pauses, and the first that answers is the one from then on.
 * One thread at a time.
 */
final class Roads implements AutoCloseable
{
    private static final long MAKE_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Carrier[] NONE = {};

    private final Map<String, Carrier> carriers = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<RoadLink> links = new ArrayList<>();
    private final Set<String> lasting = new HashSet<>();
    private final List<Address> addresses;
    private final Function<Address, Carrier> maker;
    private final LongSupplier rest;
    private Predicate<LinkConnection> fits = (connection) -> GridFacts.of(connection) != null;
    private Runnable barrier = () -> { };

    /**
     * All carriers, for each cycle of whoever drives them: going through the map would leave iterators behind.
     */
    private Carrier[] working = NONE;

    private Address current;
    private boolean isLooking;
    private boolean isLost;
    private long lookNs;
    private long makeNs;

    /**
     * @param addresses of nodes.
     * @param maker     of what carries to an address.
     * @param rest      says how many nanoseconds to wait for a lost node before others are asked.
     */
    Roads(final List<Address> addresses, final Function<Address, Carrier> maker, final LongSupplier rest)
    {
        this.addresses = addresses;
        this.maker = maker;
        this.rest = rest;
    }

    /**
     * Ask all addresses.
     *
     * @throws RuntimeException when not one of them can be asked from here.
     */
    void look(final long nowNs)
    {
        isLooking = true;
        makeNs = nowNs + MAKE_AGAIN_NS;
        for (final Address address : addresses)
        {
            if (!address.equals(current) && find(address) == null)
            {
                calls.add(call(address));
            }
        }
        if (current == null && calls.stream().allMatch((call) -> call.failure != null))
        {
            throw calls.get(0).failure;
        }
    }

    /**
     * Has a node answered?
     */
    boolean isSettled()
    {
        return current != null;
    }

    /**
     * Say which nodes will do, besides the one that answered first.
     */
    void onlyWhere(final Predicate<LinkConnection> newFits)
    {
        fits = newFits;
    }

    /**
     * Open the link to a data agent, in the order of their numbers; a node has answered before.
     *
     * @return leads to whichever node is the one.
     */
    ClientLink open(final int agent)
    {
        if (agent == links.size())
        {
            links.add(new RoadLink(carriers.get(current.kind()).open(current, agent)));
        }
        return links.get(agent);
    }

    /**
     * Open a link to a data agent of a node at an address that a node told.
     *
     * @return leads there and nowhere else; closed by whoever asked for it.
     * @throws RuntimeException when that cannot be.
     */
    ClientLink open(final String endpoint, final int agent)
    {
        final Address address = new Address(endpoint);
        lasting.add(address.kind());
        return carrier(address).open(address, agent);
    }

    /**
     * Drive media drivers and Aeron clients once, and look for a node where there is none.
     *
     * @return work done.
     */
    int work(final long nowNs)
    {
        int work = 0;
        for (final Carrier carrier : working)
        {
            work += carrier.work(nowNs);
        }
        if (current != null && isReached())
        {
            if (isLooking)
            {
                settle();
            }
            isLost = false;
            return work;
        }
        return work + (isLooking ? ask(nowNs) : addresses.size() > 1 ? lose(nowNs) : 0);
    }

    void beforeUnmaking(final Runnable newBarrier)
    {
        barrier = newBarrier;
        carriers.values().forEach((carrier) -> carrier.beforeUnmaking(newBarrier));
    }

    /**
     * Will no address ever answer as asked?
     */
    boolean isHopeless()
    {
        return calls.stream().allMatch((call) ->
            call.link != null && call.link.fault() != null && call.link.fault().isFinal());
    }

    /**
     * What was tried and what came back, a clause for each address.
     */
    String problem()
    {
        final List<String> clauses = new ArrayList<>();
        for (final Call call : calls)
        {
            final LinkFault fault = call.link == null ? null : call.link.fault();
            clauses.add(call.address.text() + ": " +
                (call.failure != null ? call.failure.getMessage() : fault == null ? "no answer" : fault.text()));
        }
        return String.join("; ", clauses);
    }

    /**
     * Close all links and give everything back. Safe to call twice.
     */
    @Override
    public void close()
    {
        carriers.values().forEach(Carrier::close);
        carriers.clear();
        working = NONE;
    }

    private boolean isReached()
    {
        for (int agent = 0; agent < links.size(); agent++)
        {
            if (links.get(agent).connection() != null)
            {
                return true;
            }
        }
        return false;
    }

    private int lose(final long nowNs)
    {
        if (!isLost)
        {
            isLost = true;
            lookNs = nowNs + rest.getAsLong();
        }
        if (nowNs - lookNs < 0)
        {
            return 0;
        }
        look(nowNs);
        return 1;
    }

    private int ask(final long nowNs)
    {
        final boolean makes = nowNs - makeNs >= 0;
        makeNs = makes ? nowNs + MAKE_AGAIN_NS : makeNs;
        int work = 0;
        for (int i = 0; i < calls.size(); i++)
        {
            if (calls.get(i).failure != null && makes)
            {
                calls.set(i, call(calls.get(i).address));
            }
            final ClientLink link = calls.get(i).link;
            if (link != null)
            {
                work += link.work(nowNs);
                final LinkConnection connection = link.connection();
                if (connection != null && fits.test(connection))
                {
                    goOver(calls.get(i));
                    return work + 1;
                }
            }
        }
        return work;
    }

    private void goOver(final Call to)
    {
        calls.remove(to);
        current = to.address;
        final Carrier carrier = carriers.get(current.kind());
        for (int agent = 0; agent < links.size(); agent++)
        {
            links.get(agent).close();
            links.get(agent).leadBy(agent == 0 ? to.link : carrier.open(current, agent));
        }
        if (links.isEmpty())
        {
            links.add(new RoadLink(to.link));
        }
        settle();
    }

    /**
     * The others are not needed, nor what carried to them alone.
     */
    private void settle()
    {
        isLooking = false;
        for (final Call call : calls)
        {
            if (call.link != null)
            {
                call.link.close();
            }
        }
        calls.clear();
        final Set<String> unused = new HashSet<>(carriers.keySet());
        unused.remove(current.kind());
        unused.removeAll(lasting);
        unused.forEach((kind) -> carriers.remove(kind).close());
        working = carriers.values().toArray(NONE);
    }

    private Call call(final Address address)
    {
        try
        {
            return new Call(address, carrier(address).open(address, 0), null);
        }
        catch (final RuntimeException ex)
        {
            return new Call(address, null, ex);
        }
    }

    private Carrier carrier(final Address address)
    {
        Carrier carrier = carriers.get(address.kind());
        if (carrier == null)
        {
            carrier = maker.apply(address);
            carrier.beforeUnmaking(barrier);
            carriers.put(address.kind(), carrier);
            working = carriers.values().toArray(NONE);
        }
        return carrier;
    }

    private Call find(final Address address)
    {
        for (final Call call : calls)
        {
            if (call.address.equals(address))
            {
                return call;
            }
        }
        return null;
    }

    /**
     * An address that is asked: by a link, or not as that failed.
     */
    private record Call(Address address, ClientLink link, RuntimeException failure)
    {
    }
}
