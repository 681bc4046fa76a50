package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.memory.KeyHasher;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long random sequences of operations on maps of one partition, beside plain Java maps.
 */
class MapModelTest
{
    private static final long PLENTY = 512L << 20;

    @Test
    void shouldAgreeWithModelWhenOperationsAreRandom()
    {
        run(PLENTY, Hashers.GOOD, MapModelTest::runLong);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_046_570_091_005_858_609L, -8_370_479_664_462_269_111L, 6_842_400_714_734_173_915L})
    void shouldAgreeWithModelWhenSeveralEndsAreNearEachOther(final long seed)
    {
        run(seed, PLENTY, Hashers.GOOD, MapModelTest::runLong);
    }

    private static void runLong(final StoreModel model)
    {
        for (int round = 0; round < 20; round++)
        {
            model.run(5_000);
            model.checkAll();
        }
    }

    @Test
    void shouldAgreeWithModelWhenValuesAreLarge()
    {
        run(PLENTY, Hashers.GOOD, (model) ->
        {
            model.keys = 60;
            for (final int size : new int[]{5_000, 20_000, 100_000, 17_000, 2_000, 500_000, 30_000})
            {
                model.maxValue = size;
                model.run(700);
                model.checkAll();
            }
        });
    }

    @Test
    void shouldAgreeWithModelWhenHashesAreBad()
    {
        final long[] masks = {0L, 0x8000_0000_0000_0000L, 0x0000_0007_0000_0000L, 0xF000_0000_0000_00FFL, -1L << 60};
        for (final long mask : masks)
        {
            run(PLENTY, Hashers.masked(mask), (model) ->
            {
                model.run(6_000);
                model.checkAll();
            });
        }
    }

    @Test
    void shouldEvictAndKeepTheRestWhenMemoryIsShortAndSizesShrink()
    {
        run(4L << 20, Hashers.GOOD, (model) ->
        {
            model.keys = 20_000;
            model.isExpiring = false;
            for (final int size : new int[]{800, 3_000, 300, 50, 8_000, 10, 40_000, 100})
            {
                model.maxValue = size;
                model.run(8_000);
                model.checkAll();
                assertTrue(model.budget.reserved() <= model.budget.limit());
            }
            assertTrue(model.evicted > 0);
            assertTrue(model.refused == 0, () -> "refused " + model.refused + " with all entries evictable");
        });
    }

    private static void run(final long limit, final KeyHasher hasher, final Consumer<StoreModel> test)
    {
        run(Long.getLong("seed", ThreadLocalRandom.current().nextLong()), limit, hasher, test);
    }

    private static void run(
        final long seed, final long limit, final KeyHasher hasher, final Consumer<StoreModel> test)
    {
        try
        {
            final StoreModel model = new StoreModel(limit, hasher, seed);
            test.accept(model);
            model.finish();
        }
        catch (final AssertionError | RuntimeException ex)
        {
            throw new AssertionError("with -Dseed=" + seed, ex);
        }
    }
}
