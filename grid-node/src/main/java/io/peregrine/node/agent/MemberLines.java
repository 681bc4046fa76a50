package io.peregrine.node.agent;

import io.peregrine.client.codec.MemberState;
import io.peregrine.client.codec.StatusReplyEncoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Says of each member how much of the grid it has. On a data agent's thread; makes garbage.
 */
final class MemberLines
{
    /**
     * @param reply whose next group is that of the members.
     * @param view  of the control plane.
     */
    void write(final StatusReplyEncoder reply, final ControlView view)
    {
        final int size = view.members().size();
        final int[] leads = new int[size];
        final int[] inSync = new int[size];
        final int[] planned = new int[size];
        for (final Assignment assignment : view.assignments())
        {
            if (assignment.primary() >= 0)
            {
                leads[assignment.primary()]++;
            }
            for (final Replica replica : assignment.inSync())
            {
                inSync[replica.memberId()]++;
            }
        }
        for (final List<Integer> holders : view.plan())
        {
            holders.forEach((holder) -> planned[holder]++);
        }

        final StatusReplyEncoder.MembersEncoder lines = reply.membersCount(size);
        for (final Member member : view.members())
        {
            final byte[] name = member.key().getBytes(StandardCharsets.UTF_8);
            final byte[] endpoint = member.address().getBytes(StandardCharsets.UTF_8);
            lines.next()
                .life(member.incarnation())
                .member(member.id())
                .leads(leads[member.id()])
                .inSync(inSync[member.id()])
                .planned(planned[member.id()])
                .state(MemberState.valueOf(member.status().name()))
                .reserved3((short) 0)
                .reserved4(0)
                .putMemberName(name, 0, name.length)
                .putEndpoint(endpoint, 0, endpoint.length);
        }
    }
}
