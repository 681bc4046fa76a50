package io.peregrine.storage.memory;

/**
 * The sizes of objects in pages: every 8 bytes up to 1 KiB, then what divides a page evenly.
 */
public final class SizeClasses
{
    private static final int MIN_SIZE = 32;
    private static final int STEP_SHIFT = 3;
    private static final int SMALL_LIMIT = 1024;
    private static final int SMALL_COUNT = ((SMALL_LIMIT - MIN_SIZE) >>> STEP_SHIFT) + 1;
    private static final int[] LARGE =
    {
        1088, 1168, 1256, 1360, 1488, 1632, 1816, 2048, 2336, 2728, 3272, 4096, 5456, 8192, PagePool.PAGE_SIZE
    };

    /**
     * Number of classes.
     */
    public static final int COUNT = SMALL_COUNT + LARGE.length;

    private SizeClasses()
    {
    }

    /**
     * The class that objects of a size fall into.
     *
     * @param size in bytes, at most a page.
     * @return index of the class.
     */
    public static int indexOf(final int size)
    {
        if (size <= SMALL_LIMIT)
        {
            return size <= MIN_SIZE ? 0 : (size - MIN_SIZE + 7) >>> STEP_SHIFT;
        }
        int i = 0;
        while (LARGE[i] < size)
        {
            i++;
        }
        return SMALL_COUNT + i;
    }

    /**
     * The size of a class.
     *
     * @param index of the class.
     * @return bytes.
     */
    public static int size(final int index)
    {
        return index < SMALL_COUNT ? MIN_SIZE + (index << STEP_SHIFT) : LARGE[index - SMALL_COUNT];
    }

    /**
     * The size of the class that objects of a size fall into.
     *
     * @param size in bytes, at most a page.
     * @return bytes, not less.
     */
    public static int rounded(final int size)
    {
        return size(indexOf(size));
    }
}
