package io.peregrine.node.control.wire;

import io.peregrine.node.codec.Decision;
import io.peregrine.node.codec.Flag;
import io.peregrine.node.codec.MemberState;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.StructureKind;

/**
 * Enumerations of the control plane, and what stands for them in messages: the same names.
 */
final class Enums
{
    private static final MemberStatus[] STATUS = MemberStatus.values();
    private static final ControlCode[] CODES = ControlCode.values();

    private Enums()
    {
    }

    static Flag encode(final boolean value)
    {
        return value ? Flag.YES : Flag.NO;
    }

    static boolean flag(final short raw) throws MalformedException
    {
        Bounds.check(raw == Flag.YES.value() || raw == Flag.NO.value(), "neither yes nor no");
        return raw == Flag.YES.value();
    }

    static MemberState encode(final MemberStatus status)
    {
        return MemberState.valueOf(status.name());
    }

    static MemberStatus status(final short raw) throws MalformedException
    {
        Bounds.check(raw < STATUS.length, "no such state of a member");
        return MemberStatus.valueOf(MemberState.get(raw).name());
    }

    static Decision encode(final ControlCode code)
    {
        return Decision.valueOf(code.name());
    }

    static ControlCode code(final short raw) throws MalformedException
    {
        Bounds.check(raw < CODES.length, "no such decision");
        return ControlCode.valueOf(Decision.get(raw).name());
    }

    static StructureKind kind(final int code) throws MalformedException
    {
        for (final StructureKind kind : StructureKind.values())
        {
            if (kind.code() == code)
            {
                return kind;
            }
        }

        throw new MalformedException("no such kind of structure");
    }
}
