package io.peregrine.node.control;

/**
 * A structure that exists in the grid.
 *
 * @param id        its number, never used again after the structure is gone.
 * @param name      unique among the structures that exist.
 * @param kind      what it is.
 * @param ttlNs     how long an entry lives that is put without a word about it, or 0 for ever.
 * @param maxIdleNs how long an entry lives unread and unwritten, or 0 for ever.
 */
public record StructureDefinition(int id, String name, StructureKind kind, long ttlNs, long maxIdleNs)
{
    boolean sameAs(final StructureKind otherKind, final long otherTtlNs, final long otherMaxIdleNs)
    {
        return kind == otherKind && ttlNs == otherTtlNs && maxIdleNs == otherMaxIdleNs;
    }

    long digest(final long digest)
    {
        long mixed = Digest.mix(digest, id);
        mixed = Digest.mix(mixed, name);
        mixed = Digest.mix(mixed, kind.code());
        mixed = Digest.mix(mixed, ttlNs);
        return Digest.mix(mixed, maxIdleNs);
    }
}
