package io.peregrine.node.control.placement;

/**
 * How much a partition prefers a node: weighted rendezvous hashing. The same on every machine.
 */
final class Rendezvous
{
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private Rendezvous()
    {
    }

    /**
     * @param key of a node.
     * @return 64 bits that stand for it.
     */
    static long hash(final String key)
    {
        long hash = GOLDEN;
        for (int i = 0; i < key.length(); i++)
        {
            hash = mix(hash + key.charAt(i));
        }

        return mix(hash);
    }

    /**
     * @param partition number of it.
     * @param node      hash of the node's key.
     * @param weight    of the node.
     * @return the higher, the more the node is preferred; above 0.
     */
    static double score(final int partition, final long node, final int weight)
    {
        final double unit = ((mix(node ^ mix(partition * GOLDEN + 1)) >>> 11) + 0.5) * UNIT;
        return -weight / StrictMath.log(unit);
    }

    private static long mix(final long value)
    {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
