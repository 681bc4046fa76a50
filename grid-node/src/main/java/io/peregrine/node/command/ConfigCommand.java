package io.peregrine.node.command;

import io.peregrine.client.config.Setting;
import io.peregrine.client.config.SettingList;
import io.peregrine.client.config.SettingValues;
import io.peregrine.node.NodeContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows every setting, its value, and where that came from.
 */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Show every setting of a node, its value and where it came from.")
public final class ConfigCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--file", paramLabel = "FILE", description = "A properties file (default: the setting config).")
    private String file;

    @Option(names = "--explain", description = "Add what each setting means and accepts.")
    private boolean explain;

    @Option(names = "--json", description = "One JSON object a line, one line a setting.")
    private boolean json;

    @Option(names = "--markdown", description = "Print the reference page instead, without values of this machine.")
    private boolean markdown;

    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (markdown)
        {
            out.print(SettingsPage.markdown());
            return DONE;
        }
        final NodeContext context = new NodeContext();
        if (file != null)
        {
            context.set(SettingList.FILE, file);
        }
        final SettingValues values = context.conclude().values();
        final int width = widest(values);
        for (final Setting<?> setting : values.list().all())
        {
            show(values, setting, width, out);
        }
        return DONE;
    }

    private void show(final SettingValues values, final Setting<?> setting, final int width, final PrintWriter out)
    {
        final String value = values.text(setting);
        if (json)
        {
            out.println(new Json().field("name", setting.name()).field("value", value)
                .field("source", values.source(setting).toString()).field("default", setting.defaultText())
                .field("environment", setting.environmentName()).field("property", setting.propertyName())
                .field("accepted", setting.range()).field("meaning", setting.description()));
            return;
        }
        out.printf(Locale.ROOT, "%-17s %-" + width + "s  %s%n",
            setting.name(), value.isEmpty() ? "(empty)" : value, values.source(setting));
        if (explain)
        {
            out.println("    " + setting.description());
            out.println("    It must be " + setting.range() + ".");
            out.println("    " + setting.environmentName() + ", -D" + setting.propertyName());
        }
    }

    private static int widest(final SettingValues values)
    {
        return values.list().all().stream().mapToInt(setting -> values.text(setting).length()).max().orElse(1);
    }
}
