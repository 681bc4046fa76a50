package io.peregrine.node;

import io.peregrine.client.config.ConfigurationException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SeedsSettingTest
{
    @Test
    void shouldTellWhoeverSetsThemWhatIsWrong()
    {
        final String message = assertThrows(
            ConfigurationException.class, () -> NodeSettings.SEEDS.parse("a=h:1,b=h:20", "test")).getMessage();
        assertTrue(message.contains("(from test): 2 seeds: a decision needs more than half of them"), message);
        assertTrue(message.contains("; it must be NAME=HOST:PORT one, three or five times"), message);
        assertEquals("a=h:1", NodeSettings.SEEDS.parse("a=h:1", "test"));
    }
}
