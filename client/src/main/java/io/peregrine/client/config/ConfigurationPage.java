package io.peregrine.client.config;

/**
 * The reference page of a list of settings, as Markdown, made from the definitions themselves.
 */
public final class ConfigurationPage
{
    private ConfigurationPage()
    {
    }

    /**
     * @param list  of the settings.
     * @param intro text above the table.
     * @return the page; equal lists give equal pages, on every machine.
     */
    public static String markdown(final SettingList list, final String intro)
    {
        final StringBuilder page = new StringBuilder(intro);
        page.append("\n| setting | default | what it means | accepted |\n|---|---|---|---|\n");
        for (final Setting<?> setting : list.all())
        {
            final String value = cell(setting.defaultText());
            page.append("| `").append(setting.name()).append("` | ")
                .append(value.isEmpty() ? "(empty)" : value).append(" | ")
                .append(cell(setting.description())).append(" | ")
                .append(cell(setting.range())).append(" |\n");
        }
        return page.toString();
    }

    private static String cell(final String text)
    {
        return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
    }
}
