package io.peregrine.node.house;

import io.peregrine.node.command.SettingsPage;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ConfigurationPageTest
{
    @Test
    void shouldBeWhatTheCodeSays()
    {
        assertEquals(
            SettingsPage.markdown(),
            Tree.text(Tree.top().resolve("docs/configuration.md")),
            "docs/configuration.md is out of date: ./grid config --markdown >docs/configuration.md");
    }
}
