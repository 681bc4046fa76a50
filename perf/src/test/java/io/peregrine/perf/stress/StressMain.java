package io.peregrine.perf.stress;

import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.vm.VMSupport;

import java.util.SortedSet;

/**
 * Runs jcstress in one kind of JVM where it would take two: with biased locking, which JDK 17 still knows, and without.
 * Nothing here is locked by the JVM.
 */
public final class StressMain
{
    private static final String BIASED = "-XX:+UseBiasedLocking";

    private StressMain()
    {
    }

    /**
     * @param args of jcstress.
     * @throws Exception when it fails.
     */
    public static void main(final String[] args) throws Exception
    {
        final Options options = new Options(args);
        if (!options.parse())
        {
            throw new IllegalArgumentException("jcstress does not know what is asked of it");
        }
        new OneConfiguration(options).run();
    }

    private static final class OneConfiguration extends JCStress
    {
        OneConfiguration(final Options options)
        {
            super(options);
        }

        /**
         * Asked for once it has found out which JVMs there are.
         */
        @Override
        public SortedSet<String> getTests()
        {
            VMSupport.getAvailableVMConfigs().removeIf((config) -> config.args().contains(BIASED));
            return super.getTests();
        }
    }
}
