package io.peregrine.perf.sim;

import io.peregrine.client.remote.ClientRules;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlRules;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.Rules;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.storage.partition.StoreRules;

import java.util.function.Supplier;

/**
 * What can be wrong in a grid, each as rules that are wrong in one way. Where one right rule makes up for another that
 * is wrong, both are: it says so there.
 */
enum PlantedFault
{
    ACKNOWLEDGED_BEFORE_ALL_HAVE_IT(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean countsForCommit(final Standing standing)
        {
            return false;
        }
    })),

    COMMITTED_WITHOUT_WHO_IS_PROPOSED(22, () -> Wrong.rules(new Rules()
    {
        @Override
        public boolean countsForCommit(final Standing standing)
        {
            return standing == Standing.IN_SYNC || standing == Standing.REMOVAL_PROPOSED;
        }
    })),

    SHRUNK_WITHOUT_A_DECISION(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean countsForCommit(final Standing standing)
        {
            return standing == Standing.IN_SYNC || standing == Standing.ADDITION_PROPOSED;
        }
    })),

    SERVED_BEFORE_ITS_LOG_WAS_COMMITTED(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean mayServe(final boolean isReconciled, final boolean areOthersSilent)
        {
            return areOthersSilent;
        }
    })),

    /**
     * A backup that waits before it asks for the lead need not wait again, and the other way about, so it does neither.
     */
    DID_NOT_WAIT_OUT_A_GRANT(1, "both serve", () -> Wrong.rules(new Rules()
    {
        @Override
        public boolean mayServe(final boolean isReconciled, final boolean areOthersSilent)
        {
            return isReconciled;
        }

        @Override
        public boolean isLeaseOver(final long lastGrantNs, final long nowNs, final long graceNs)
        {
            return nowNs - lastGrantNs >= graceNs / 4;
        }
    })),

    LEASE_COUNTED_FROM_RECEIPT(162, () -> Wrong.rules(new Rules()
    {
        @Override
        public long leaseEnd(final long sentAtNs, final long heardAtNs, final long leaseNs)
        {
            return heardAtNs + leaseNs;
        }
    })),

    LEASE_RENEWED_BY_AN_ANSWER_OF_ANOTHER_EPOCH(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean renews(final long answerVersion, final long appliedVersion)
        {
            return true;
        }
    })),

    NO_LEASE_CHECKED_AFTER_THE_READ(33, () -> Wrong.rules(new Rules()
    {
        @Override
        public boolean stillHolds(final long leaseUntilNs, final long nowNs)
        {
            return true;
        }
    })),

    /**
     * That a primary of a lower epoch is hardly ever the one of the present makes up for its epoch, so both are wrong.
     */
    TOOK_ENTRIES_OF_A_LOWER_EPOCH(1390, () -> Wrong.rules(new Rules()
    {
        @Override
        public boolean acceptsEpoch(final int messageEpoch, final int ownEpoch)
        {
            return true;
        }

        @Override
        public boolean acceptsFrom(final int memberId, final int primary)
        {
            return true;
        }
    })),

    SHOWED_WHAT_WAS_NOT_COMMITTED(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean isApplicable(final long sequence, final long committed)
        {
            return true;
        }
    })),

    REFUSED_WHAT_WAS_IN_A_LOG(56, () -> Wrong.rules(new Rules()
    {
        @Override
        public boolean mayRefuse(final boolean isInLog)
        {
            return true;
        }
    })),

    LET_A_BACKUP_DECIDE_WHAT_EXPIRES(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean decidesExpiry(final boolean isServing)
        {
            return true;
        }
    })),

    COUNTED_A_LEARNER_TOO_EARLY(29, () -> Wrong.rules(new Rules()
    {
        @Override
        public boolean isCaughtUp(final boolean hasSnapshot, final long behind, final int allowed)
        {
            return true;
        }
    })),

    /**
     * In a grid in which one node has too little memory for what the others hold, and nobody asks what it has left.
     */
    APPLIED_WHAT_IT_HAD_NO_MEMORY_FOR(1, "no page left", () -> new GridRules()
    {
        @Override
        public boolean isMemoryShort()
        {
            return true;
        }

        @Override
        public Rules replication()
        {
            return new Rules()
            {
                @Override
                public int pagesKept(final int worst)
                {
                    return 0;
                }

                @Override
                public boolean hasRoom(final long pages)
                {
                    return true;
                }
            };
        }
    }),

    LET_NUMBERS_GO_BACK_AFTER_A_LOSS(() -> Wrong.rules(new Rules()
    {
        @Override
        public int numbersUnder(final int epoch, final long last)
        {
            return last == 0 ? 1 : epoch;
        }
    })),

    READ_AT_A_COPY_WHAT_WAS_TOO_OLD(() -> Wrong.rules(new Rules()
    {
        @Override
        public boolean isFresh(final long askedAtNs, final long nowNs, final long boundNs)
        {
            return true;
        }
    })),

    TOLD_ITS_COPIES_OF_WHAT_IT_HELD_BACK(10, "and its primary only up to", () -> Wrong.rules(new Rules()
    {
        @Override
        public long toldAsCommitted(final long applied, final long committed)
        {
            return committed;
        }
    })),

    SENT_AGAIN_UNDER_ANOTHER_NUMBER(() -> Wrong.rules(new ClientRules()
    {
        @Override
        public boolean keepsItsNumber()
        {
            return false;
        }
    })),

    TOOK_THE_REFUSAL_OF_ONE_COPY_FOR_THE_ANSWER(12, () -> Wrong.rules(new ClientRules()
    {
        @Override
        public boolean mayBeDoneElsewhere(final int copies)
        {
            return false;
        }
    })),

    /**
     * Whoever was put out proposes what it thinks of, and four rules keep it from that.
     */
    ELECTED_WHO_WAS_NOT_IN_SYNC(() -> Wrong.rules(new ControlRules()
    {
        @Override
        public boolean isExpected(final long expected, final long actual)
        {
            return true;
        }

        @Override
        public boolean mayPropose(final Assignment old, final Replica proposer)
        {
            return true;
        }

        @Override
        public boolean mayLead(final Assignment old, final Replica leader)
        {
            return true;
        }

        @Override
        public boolean isTakeOver(final Replica proposer, final Assignment old, final Assignment next)
        {
            return true;
        }
    })),

    THINNED_A_SET_BY_THE_ORDER_OF_RESTARTS(() -> Wrong.rules(new ControlRules()
    {
        @Override
        public boolean isLost(final int returned, final int size)
        {
            return returned > 0;
        }
    })),

    /**
     * The last member of a set still serves under its lease when somebody accepts that what it holds is lost.
     */
    ACCEPTED_A_LOSS_TOO_EARLY(33, "serves it", () -> Wrong.rules(new ControlRules()
    {
        @Override
        public boolean mayAcceptLoss(
            final boolean hasCurrent, final boolean isAlone, final long aloneUntilNs, final long timeNs)
        {
            return true;
        }
    })),

    MOVED_ALL_COPIES_AT_ONE_TIME(1, "moves more copies", () -> new GridRules()
    {
        @Override
        public int copiesAtOnce()
        {
            return Short.MAX_VALUE;
        }
    }),

    HAD_NO_REPLY_CACHE(() -> new GridRules()
    {
        @Override
        public boolean keepsToSession(final boolean isOpen, final boolean isHere)
        {
            return false;
        }
    }),

    KEPT_ITS_REPLY_CACHE_TO_ITSELF(10, () -> new GridRules()
    {
        @Override
        public boolean keepsToSession(final boolean isOpen, final boolean isHere)
        {
            return isHere;
        }
    }),

    CARRIED_OUT_AGAIN_AFTER_THE_SESSION_EXPIRED(6, () -> new GridRules()
    {
        @Override
        public boolean keepsToSession(final boolean isOpen, final boolean isHere)
        {
            return isOpen;
        }
    }),

    LEFT_THE_REPLY_CACHE_OUT_OF_A_SNAPSHOT(() -> Wrong.rules(() -> new StoreRules()
    {
        @Override
        public boolean takesSessions()
        {
            return false;
        }
    })),

    APPLIED_THE_LOG_OF_A_SNAPSHOT_TWICE(106, () -> Wrong.rules(() -> new StoreRules()
    {
        @Override
        public boolean isBefore(final long chunk, final long entry)
        {
            return true;
        }
    })),

    /**
     * Every second life of a node keeps what is past its end, so that it is there again when that one leads.
     */
    LET_AN_EXPIRED_VALUE_COME_BACK(() -> Wrong.rules(new Supplier<StoreRules>()
    {
        private int lives;

        @Override
        public StoreRules get()
        {
            final boolean keeps = ++lives % 2 == 0;
            return new StoreRules()
            {
                @Override
                public boolean isExpired(final long end, final long named)
                {
                    return !keeps && super.isExpired(end, named);
                }
            };
        }
    }));

    private final long firstSeed;
    private final String sign;
    private final Supplier<GridRules> rules;

    PlantedFault(final Supplier<GridRules> rules)
    {
        this(1, "", rules);
    }

    PlantedFault(final long firstSeed, final Supplier<GridRules> rules)
    {
        this(firstSeed, "", rules);
    }

    /**
     * @param firstSeed to look at; one that soon finds it.
     * @param sign      that a violation shows this fault and not another that comes with it.
     */
    PlantedFault(final long firstSeed, final String sign, final Supplier<GridRules> rules)
    {
        this.firstSeed = firstSeed;
        this.sign = sign;
        this.rules = rules;
    }

    long firstSeed()
    {
        return firstSeed;
    }

    boolean isShownBy(final SimulationResult result)
    {
        return !result.isGood() && result.violation().contains(sign);
    }

    Supplier<GridRules> rules()
    {
        return rules;
    }
}
