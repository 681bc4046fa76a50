package io.peregrine.node.command.dump;

import io.peregrine.client.Routing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EntryFilesTest
{
    private static final List<String> TEXTS = List.of(
        "a", "tab\there", "line\nend", "carriage\rreturn", "back\\slash", "\\t", "\\", "{braces}", "äöü€😀", " ",
        "\u0000");

    @Test
    void shouldReadBackAsTextWhatItWrote() throws Exception
    {
        final List<Entry> entries = new ArrayList<>();
        TEXTS.forEach(text -> entries.add(entry(text, text + text, entries.size() % 2 == 0 ? Entry.NO_TTL : 1_500)));
        entries.add(entry("empty", "", Entry.NO_TTL));

        assertEntries(entries, readText(text(entries, TextForm.STRING), TextForm.STRING));
    }

    @ParameterizedTest
    @EnumSource(names = {"HEX", "BASE64", "LONG"})
    void shouldReadBackEveryFormOfBytes(final TextForm form) throws Exception
    {
        final Random random = new Random(1);
        final List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++)
        {
            final byte[] key = new byte[form == TextForm.LONG ? Long.BYTES : 1 + i];
            final byte[] value = new byte[form == TextForm.LONG ? Long.BYTES : i];
            random.nextBytes(key);
            random.nextBytes(value);
            entries.add(new Entry(key, value, Entry.NO_TTL));
        }

        assertEntries(entries, readText(text(entries, form), form));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "STRING | no tab               | it has 1 field",
        "STRING | a~b~c~d              | it has 4 fields",
        "STRING | ~b                   | its key is empty",
        "STRING | \"\"                 | it is empty",
        "STRING | a~b\\x               | a backslash stands before 'x'",
        "STRING | a~b\\                | a backslash stands before ' '",
        "STRING | a~b~0                | '0' is not a time to live",
        "STRING | a~b~soon             | 'soon' is not a time to live",
        "STRING | a~b~                 | '' is not a time to live",
        "LONG   | a~1                  | 'a' is not a whole number",
        "LONG   | 1~99999999999999999999 | is not a whole number",
        "HEX    | 0g~00                | '0g' is not hexadecimal",
        "HEX    | 0~00                 | '0' is not hexadecimal",
        "BASE64 | %%%~AA==             | '%%%' is not Base64"
    })
    void shouldNameTheLineThatIsWrongAndReadOn(final TextForm form, final String line, final String message)
        throws Exception
    {
        final String good = form == TextForm.LONG ? "7\t7" : form == TextForm.STRING ? "k\tv" : "00FF\t00FF";
        final TextReader reader =
            reader(bytes(good + "\n" + line.replace('~', '\t') + "\n" + good + "\n"), form);

        reader.next();
        final BadEntryException bad = assertThrows(BadEntryException.class, reader::next);
        assertTrue(bad.getMessage().startsWith("line 2: ") && bad.getMessage().contains(message), bad.getMessage());
        assertFalse(bad.isEnd());
        assertArrayEquals(form.parse(good.substring(0, good.indexOf('\t'))), reader.next().key());
        assertNull(reader.next());
        assertEquals(3, reader.place().number());
    }

    @Test
    void shouldRefuseALineThatIsNotUtf8() throws Exception
    {
        final TextReader reader = reader(new byte[]{'a', '\t', (byte) 0xC3, '(', '\n', 'b', '\t', 'c', '\n'},
            TextForm.STRING);

        assertTrue(assertThrows(BadEntryException.class, reader::next).getMessage().contains("line 1: it is not text"));
        assertArrayEquals(bytes("b"), reader.next().key());
    }

    @Test
    void shouldTakeLinesOfWindowsAndRefuseALastLineWithoutAnEnd() throws Exception
    {
        final TextReader reader = reader(bytes("a\t1\r\nb\t2"), TextForm.STRING);

        assertArrayEquals(bytes("1"), reader.next().value());
        final BadEntryException refusal = assertThrows(BadEntryException.class, reader::next);
        assertTrue(refusal.getMessage().startsWith("line 2: it has no line end"), refusal.getMessage());
        assertFalse(refusal.isEnd());
        assertNull(reader.next());
    }

    @Test
    void shouldGoOnFromAPlace() throws Exception
    {
        final List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++)
        {
            entries.add(entry("key" + i, "ä".repeat(i % 10), Entry.NO_TTL));
        }
        final byte[] file = text(entries, TextForm.STRING);
        final TextReader first = reader(file, TextForm.STRING);
        for (int i = 0; i < 12_345; i++)
        {
            first.next();
        }
        final EntryReader.Place place = first.place();
        final TextReader second = new TextReader(
            new ByteArrayInputStream(file, (int) place.offset(), file.length), place, TextForm.STRING, TextForm.STRING);

        assertEquals("line 12345", second.where(place));
        assertEntries(entries.subList(12_345, entries.size()), rest(second));

        final byte[] binary = binary(entries);
        final BinaryReader third = binaryReader(binary, EntryReader.Place.START);
        third.next();
        third.next();
        assertEntries(entries.subList(2, entries.size()), rest(binaryReader(binary, third.place())));
    }

    @Test
    void shouldReadBackAsBytesWhatItWrote() throws Exception
    {
        final List<Entry> entries = new ArrayList<>();
        TEXTS.forEach(text -> entries.add(entry(text, text + text, entries.size() + 1)));
        entries.add(entry("empty", "", Entry.NO_TTL));
        final BinaryReader reader = binaryReader(binary(entries), EntryReader.Place.START);

        assertEquals("größer", reader.map());
        assertEquals(Routing.BRACES, reader.routing());
        assertEntries(entries, rest(reader));
        assertEntries(List.of(), rest(binaryReader(binary(List.of()), EntryReader.Place.START)));
    }

    @Test
    void shouldNoticeEveryChangeOfABinaryFile() throws Exception
    {
        final byte[] file = binary(List.of(entry("one", "1", 77), entry("two", "22", Entry.NO_TTL)));
        for (int i = 0; i < file.length; i++)
        {
            for (int bit = 0; bit < Byte.SIZE; bit++)
            {
                final byte[] changed = file.clone();
                changed[i] ^= (byte) (1 << bit);
                assertBad(changed, "bit " + bit + " of byte " + i);
            }
            assertBad(Arrays.copyOf(file, i), "cut off at " + i);
        }
        assertBad(Arrays.copyOf(file, file.length + 1), "one byte more");
    }

    @Test
    void shouldNoticeThatEntriesAreMissing() throws Exception
    {
        final byte[] two = binary(List.of(entry("one", "1", 77), entry("two", "22", Entry.NO_TTL)));
        final byte[] one = binary(List.of(entry("one", "1", 77)));
        final int trailer = Integer.BYTES + Long.BYTES + Integer.BYTES;
        final byte[] spliced = ByteBuffer.allocate(one.length)
            .put(one, 0, one.length - trailer).put(two, two.length - trailer, trailer).array();

        assertBad(spliced, "an entry is missing");
    }

    private static void assertBad(final byte[] file, final String what)
    {
        final BadEntryException bad = assertThrows(
            BadEntryException.class, () -> rest(binaryReader(file, EntryReader.Place.START)), what);
        assertTrue(bad.isEnd() && bad.getMessage().startsWith("at offset "), bad.getMessage());
    }

    private static void assertEntries(final List<Entry> expected, final List<Entry> actual)
    {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++)
        {
            assertArrayEquals(expected.get(i).key(), actual.get(i).key());
            assertArrayEquals(expected.get(i).value(), actual.get(i).value());
            assertEquals(expected.get(i).ttlMs(), actual.get(i).ttlMs());
        }
    }

    private static Entry entry(final String key, final String value, final long ttlMs)
    {
        return new Entry(bytes(key), bytes(value), ttlMs);
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] text(final List<Entry> entries, final TextForm form) throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        return write(entries, out, new TextWriter(out, form, form));
    }

    private static byte[] binary(final List<Entry> entries) throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        return write(entries, out, new BinaryWriter(out, "größer", Routing.BRACES));
    }

    private static byte[] write(
        final List<Entry> entries, final ByteArrayOutputStream out, final EntryWriter writer) throws IOException
    {
        writer.begin();
        for (final Entry entry : entries)
        {
            writer.write(entry);
        }
        writer.end(entries.size());
        return out.toByteArray();
    }

    private static TextReader reader(final byte[] file, final TextForm form)
    {
        return new TextReader(new ByteArrayInputStream(file), EntryReader.Place.START, form, form);
    }

    private static List<Entry> readText(final byte[] file, final TextForm form) throws Exception
    {
        return rest(reader(file, form));
    }

    private static BinaryReader binaryReader(final byte[] file, final EntryReader.Place place) throws Exception
    {
        final BinaryReader reader = new BinaryReader(new ByteArrayInputStream(file));
        reader.begin(place);
        return reader;
    }

    private static List<Entry> rest(final EntryReader reader) throws Exception
    {
        final List<Entry> entries = new ArrayList<>();
        Entry entry = reader.next();
        while (entry != null)
        {
            entries.add(entry);
            entry = reader.next();
        }
        return entries;
    }
}
