package dev.cadenza.server.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where a flag that is not given gets its value: from the environment ({@code --admin-port} is {@code
 * CADENZA_ADMIN_PORT}), else from a file of properties ({@code admin-port = 8081}), else from its default.
 */
final class SettingSources implements IDefaultValueProvider {
    static final String CONFIG = "--config";

    private static final String PREFIX = "CADENZA_";
    private static final List<String> NOT_SETTINGS = List.of("help", "version", "config");

    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final @Nullable Path path;

    private SettingSources(Map<String, String> environment, Map<String, String> file, @Nullable Path path) {
        this.environment = environment;
        this.file = file;
        this.path = path;
    }

    /**
     * Reads the file that the arguments or the environment name, if they do.
     *
     * @throws StartException if it cannot be read or holds an unknown setting
     */
    static SettingSources of(String[] arguments, Map<String, String> environment, CommandSpec spec)
            throws StartException {
        String named = environment.get(variable("config"));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(CONFIG) && i + 1 < arguments.length) {
                named = arguments[i + 1];
            } else if (arguments[i].startsWith(CONFIG + "=")) {
                named = arguments[i].substring(CONFIG.length() + 1);
            }
        }
        if (named == null) {
            return new SettingSources(environment, Map.of(), null);
        }
        Path path = Path.of(named);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(CONFIG + " " + path + " cannot be read as properties", e);
        }
        Map<String, String> file = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (!names(spec).contains(key)) {
                throw new StartException(CONFIG + " " + path + ": there is no setting '" + key + "'; there are "
                        + String.join(", ", names(spec)));
            }
            file.put(key, properties.getProperty(key).strip());
        }
        return new SettingSources(environment, file, path);
    }

    private static List<String> names(CommandSpec spec) {
        return spec.options().stream()
                .map(SettingSources::name)
                .filter(name -> !NOT_SETTINGS.contains(name))
                .sorted()
                .toList();
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String value = environment.get(variable(name(option)));
        return value != null ? value : file.get(name(option));
    }

    /** Variables that look like settings and are none: most likely a slip. */
    List<String> unknownVariables(CommandSpec spec) {
        List<String> known = new ArrayList<>(
                names(spec).stream().map(SettingSources::variable).toList());
        known.add(variable("config"));
        known.add(ListenFlags.TOKEN_VARIABLE);
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .toList();
    }

    /** What a message about a bad value begins with: where it comes from, unless a flag gave it. */
    String origin(OptionSpec option) {
        if (environment.containsKey(variable(name(option)))) {
            return variable(name(option)) + ": ";
        }
        return file.containsKey(name(option)) ? path + ": " : "";
    }

    /** Where the value comes from that a flag has. */
    String source(CommandLine.ParseResult parsed, OptionSpec option) {
        if (parsed.hasMatchedOption(option)) {
            return "flag";
        }
        if (environment.containsKey(variable(name(option)))) {
            return variable(name(option));
        }
        return file.containsKey(name(option)) ? String.valueOf(path) : "default";
    }

    /** Every setting, its value and its source, one a line. */
    List<String> effective(CommandLine.ParseResult parsed, CommandSpec spec) {
        List<String> lines = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!NOT_SETTINGS.contains(name(option))) {
                Object value = option.getValue();
                lines.add("  " + name(option) + " = " + (value == null ? "" : value) + "  (" + source(parsed, option)
                        + ")");
            }
        }
        lines.sort(null);
        return lines;
    }
}
