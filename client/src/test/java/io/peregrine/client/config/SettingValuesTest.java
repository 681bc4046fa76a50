package io.peregrine.client.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SettingValuesTest
{
    private enum Mode
    {
        INLINE, DEDICATED
    }

    private static final Setting<Long> LIMIT = Setting.size("memory.limit", 64L << 20, 1 << 20, 1L << 40, "Memory.");
    private static final Setting<Long> TIMEOUT = Setting.duration("call.timeout", TimeUnit.SECONDS.toNanos(5),
        TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1), "Longest wait.");
    private static final Setting<Integer> PARTITIONS = Setting.count("partitions", 256, 1, 4096, "Parts.");
    private static final Setting<Mode> MODE = Setting.choice("threading", Mode.class, Mode.INLINE, "Threads.");
    private static final SettingList LIST = SettingList.of(LIMIT, TIMEOUT, PARTITIONS, MODE);

    @TempDir
    Path dir;

    @Test
    void shouldTakeTheDefaultWhenNobodySetsIt()
    {
        final SettingValues values = resolve(new BuiltSettings(), Map.of(), Map.of());

        assertEquals(64L << 20, values.get(LIMIT));
        assertEquals(SettingSource.DEFAULT, values.source(LIMIT));
        assertEquals("64m", values.text(LIMIT));
        assertEquals("5s", values.text(TIMEOUT));
        assertEquals("inline", values.text(MODE));
    }

    @Test
    void shouldTakeTheStrongestSourceWhenAllSetIt() throws IOException
    {
        final Path file = file("memory.limit = 2m\npartitions=2\nthreading=DEDICATED\n");
        final BuiltSettings built = new BuiltSettings()
            .set(SettingList.FILE, file.toString()).set(LIMIT, 1L << 20).set(PARTITIONS, 1).set(MODE, Mode.INLINE)
            .set(TIMEOUT, TimeUnit.SECONDS.toNanos(1));
        final SettingValues values = resolve(built,
            Map.of("PEREGRINE_MEMORY_LIMIT", "3m", "PEREGRINE_PARTITIONS", "3", "HOME", "/"),
            Map.of("peregrine.memory.limit", "4m", "user.dir", "/"));

        assertEquals(4L << 20, values.get(LIMIT));
        assertEquals(SettingSource.SYSTEM_PROPERTY, values.source(LIMIT));
        assertEquals(3, values.get(PARTITIONS));
        assertEquals(SettingSource.ENVIRONMENT, values.source(PARTITIONS));
        assertEquals(Mode.DEDICATED, values.get(MODE));
        assertEquals(SettingSource.FILE, values.source(MODE));
        assertEquals(TimeUnit.SECONDS.toNanos(1), values.get(TIMEOUT));
        assertEquals(SettingSource.BUILDER, values.source(TIMEOUT));
    }

    @Test
    void shouldLetTheStrongestSourceNameTheFile() throws IOException
    {
        final Path file = file("partitions=7\n");
        final SettingValues values = resolve(
            new BuiltSettings().set(SettingList.FILE, "absent"), Map.of("PEREGRINE_CONFIG", file.toString()), Map.of());

        assertEquals(7, values.get(PARTITIONS));
    }

    @Test
    void shouldNameTheNearestSettingWhenOneIsUnknown() throws IOException
    {
        final Path file = file("memory.limt = 2m\n");

        assertMessage(refusedFile(file),
            "'memory.limt'", file.toString(), "'memory.limit'");
        assertMessage(refused(Map.of("PEREGRINE_PARTITION", "1"), Map.of()),
            "PEREGRINE_PARTITION'", "environment", "'PEREGRINE_PARTITIONS'");
        assertMessage(refused(Map.of(), Map.of("peregrine.call.time.out", "1s")),
            "system properties", "'peregrine.call.timeout'");
        assertMessage(refused(Map.of(), Map.of("peregrine.zzzzzz.qqqqqqqq", "1s")), "remove it");
    }

    @Test
    void shouldSayThatAFileHasNoPrefixWhenAKeyHasOne() throws IOException
    {
        final Path file = file("peregrine.memory.limit = 2m\n");

        assertMessage(refusedFile(file), "write 'memory.limit'");
    }

    @Test
    void shouldLeaveVariablesOfTheLauncherAlone()
    {
        final SettingValues values = resolve(new BuiltSettings(), Map.of("PEREGRINE_JAVA_OPTS", "-Xmx1g"), Map.of());

        assertEquals(256, values.get(PARTITIONS));
    }

    @Test
    void shouldNameSettingPlaceAndRangeWhenAValueIsBad()
    {
        assertMessage(refused(Map.of("PEREGRINE_MEMORY_LIMIT", "lots"), Map.of()),
            "memory.limit = 'lots'", "PEREGRINE_MEMORY_LIMIT", "from 1m to 1024g", "default is 64m");
        assertMessage(refused(Map.of(), Map.of("peregrine.partitions", "99999999999")), "from 1 to 4096");
        assertMessage(refused(Map.of(), Map.of("peregrine.partitions", "")), "partitions = ''");
        assertMessage(
            refused(Map.of(), Map.of("peregrine.call.timeout", "5")), "in ns, us, ms or s", "from 1ms to 3600s");
        assertMessage(refused(Map.of(), Map.of("peregrine.threading", "fast")), "one of inline, dedicated");
    }

    @Test
    void shouldNameEveryProblemWhenThereAreSeveral()
    {
        assertMessage(refused(Map.of("PEREGRINE_PARTITIONS", "0"), Map.of("peregrine.call.timeout", "-1s")),
            "partitions = '0'", "call.timeout = '-1s'");
    }

    @Test
    void shouldRefuseAtTheBuilderWhenAValueIsOutOfRange()
    {
        final BuiltSettings built = new BuiltSettings();

        assertMessage(assertThrows(ConfigurationException.class, () -> built.set(PARTITIONS, 0)),
            "partitions = '0'", "the builder");
        assertThrows(ConfigurationException.class, () -> built.set(MODE, null));
    }

    @Test
    void shouldRefuseTheFileWhenItIsAbsentOrMalformedOrRepeatsAKey() throws IOException
    {
        assertMessage(refusedFile(dir.resolve("none")), "does not exist");
        assertMessage(refusedFile(dir), "cannot be read");
        assertMessage(refusedFile(file("partitions=1\npartitions=2\n")), "stands twice");
        assertMessage(refusedFile(file("config=x\n")), "cannot name another");
        assertMessage(refusedFile(Files.write(dir.resolve("latin"), new byte[]{(byte) 0xC3, (byte) 0x28})), "UTF-8");
    }

    @Test
    void shouldShowEverySettingOnThePage()
    {
        final String page = ConfigurationPage.markdown(LIST, "# Title\n");

        assertTrue(page.startsWith("# Title\n"));
        LIST.all().forEach(setting -> assertTrue(page.contains("| `" + setting.name() + "` |"), setting.name()));
        assertTrue(page.contains("| 64m | Memory. |"), page);
    }

    @Test
    void shouldShowHowAComputedDefaultIsFound()
    {
        final Setting<Integer> computed = PARTITIONS.withDefault(() -> 12, "as many as there are months");
        final SettingList list = SettingList.of(computed);

        assertEquals(12, SettingValues.resolve(list, new BuiltSettings(), SettingInputs.NONE).get(computed));
        assertTrue(ConfigurationPage.markdown(list, "").contains("as many as there are months"));
    }

    @Test
    void shouldTakeTheCommandLineBeforeAllOthers() throws IOException
    {
        final Path file = file("partitions=2\nthreading=DEDICATED\n");
        final SettingInputs inputs = new SettingInputs(
            Map.of("PEREGRINE_PARTITIONS", "3", "PEREGRINE_CONFIG", "absent"),
            Map.of("peregrine.partitions", "4"),
            Map.of()).withArguments(Map.of("partitions", "5", "config", file.toString()));
        final SettingValues values = SettingValues.resolve(LIST, new BuiltSettings(), inputs);

        assertEquals(5, values.get(PARTITIONS));
        assertEquals(SettingSource.COMMAND_LINE, values.source(PARTITIONS));
        assertEquals(Mode.DEDICATED, values.get(MODE));
    }

    @Test
    void shouldSayWhatIsWrongWithAnArgument()
    {
        assertMessage(assertThrows(ConfigurationException.class, () -> LIST.checkArgument("partition", "7")),
            "the command line", "did you mean 'partitions'?");
        assertMessage(assertThrows(ConfigurationException.class, () -> LIST.checkArgument("partitions", "many")),
            "partitions = 'many'", "the command line");
        assertMessage(assertThrows(ConfigurationException.class, () -> SettingValues.resolve(LIST, new BuiltSettings(),
            SettingInputs.NONE.withArguments(Map.of("partitions", "0")))), "partitions = '0'");
    }

    private Path file(final String text) throws IOException
    {
        return Files.writeString(dir.resolve("node.properties"), text, StandardCharsets.UTF_8);
    }

    private static SettingValues resolve(
        final BuiltSettings built, final Map<String, String> environment, final Map<String, String> properties)
    {
        return SettingValues.resolve(LIST, built, new SettingInputs(environment, properties, Map.of()));
    }

    private static ConfigurationException refused(
        final Map<String, String> environment, final Map<String, String> properties)
    {
        return assertThrows(ConfigurationException.class, () -> resolve(new BuiltSettings(), environment, properties));
    }

    private static ConfigurationException refusedFile(final Path file)
    {
        return refused(Map.of("PEREGRINE_CONFIG", file.toString()), Map.of());
    }

    private static void assertMessage(final ConfigurationException refusal, final String... parts)
    {
        for (final String part : parts)
        {
            assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
        }
    }
}
