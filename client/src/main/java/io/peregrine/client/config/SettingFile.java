package io.peregrine.client.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A properties file in UTF-8, in which a key may stand once only.
 */
final class SettingFile
{
    private SettingFile()
    {
    }

    static Map<String, String> read(final Path file)
    {
        final OnceOnly properties = new OnceOnly(file);
        try (Reader reader = Files.newBufferedReader(file))
        {
            properties.load(reader);
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigurationException("the properties file " + file.toAbsolutePath() + " does not exist.");
        }
        catch (final CharacterCodingException | IllegalArgumentException ex)
        {
            if (ex instanceof ConfigurationException configuration)
            {
                throw configuration;
            }
            throw new ConfigurationException(
                "the properties file " + file.toAbsolutePath() + " is not a properties file in UTF-8: " + ex + ".");
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(
                "the properties file " + file.toAbsolutePath() + " cannot be read: " + ex + ".");
        }
        final Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static final class OnceOnly extends Properties
    {
        private static final long serialVersionUID = 1;

        private final transient Path file;

        OnceOnly(final Path file)
        {
            this.file = file;
        }

        @Override
        public synchronized Object put(final Object key, final Object value)
        {
            if (containsKey(key))
            {
                throw new ConfigurationException(key + " stands twice in " + file.toAbsolutePath() + ": keep one.");
            }
            return super.put(key, value);
        }
    }
}
