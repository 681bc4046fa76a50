package io.peregrine.node.control;

/**
 * Wrong answers to the questions that decisions hang on.
 */
enum FaultyRules
{
    OLD_PROPOSAL_WINS(new ControlRules()
    {
        @Override
        public boolean isExpected(final long expected, final long actual)
        {
            return expected <= actual;
        }
    }),

    STRANGER_PROPOSES(new ControlRules()
    {
        @Override
        public boolean mayPropose(final Assignment old, final Replica proposer)
        {
            return true;
        }
    }),

    UNCLEAN_ELECTION(new ControlRules()
    {
        @Override
        public boolean mayLead(final Assignment old, final Replica leader)
        {
            return old.replicaOn(leader.memberId()) != null || old.inSync().size() < 2;
        }
    }),

    BACKUP_TAKES_IN(new ControlRules()
    {
        @Override
        public boolean isTakeOver(final Replica proposer, final Assignment old, final Assignment next)
        {
            return next.primary() == proposer.memberId() && next.replicaOn(old.primary()) == null;
        }
    }),

    BACKUP_KEEPS_THE_PRIMARY(new ControlRules()
    {
        @Override
        public boolean isTakeOver(final Replica proposer, final Assignment old, final Assignment next)
        {
            return next.primary() == proposer.memberId() && old.inSync().containsAll(next.inSync());
        }
    }),

    LOST_BY_THE_ORDER_OF_RESTARTS(new ControlRules()
    {
        @Override
        public boolean isLost(final int returned, final int size)
        {
            return returned > 0;
        }
    }),

    LOST_WHILE_SERVED(new ControlRules()
    {
        @Override
        public boolean mayAcceptLoss(
            final boolean hasCurrent, final boolean isAlone, final long aloneUntilNs, final long timeNs)
        {
            return !hasCurrent || isAlone;
        }
    });

    final ControlRules rules;

    FaultyRules(final ControlRules rules)
    {
        this.rules = rules;
    }
}
