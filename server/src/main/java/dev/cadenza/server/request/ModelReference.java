package dev.cadenza.server.request;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which model is meant: {@code name}, {@code name@3} (a version), {@code name:label}, or the server's default. */
public final class ModelReference {
    /** The default model. */
    public static final ModelReference DEFAULT = new ModelReference(null, 0, null);

    private static final Pattern SYNTAX = Pattern.compile(
            "(?<name>[a-z0-9][a-z0-9._-]{0,63})(?:@(?<version>[1-9][0-9]{0,8})|:(?<label>[a-z0-9][a-z0-9._-]{0,31}))?");

    private final @Nullable String name;
    private final int version;
    private final @Nullable String label;

    private ModelReference(@Nullable String name, int version, @Nullable String label) {
        this.name = name;
        this.version = version;
        this.label = label;
    }

    /**
     * Reads one of the three forms.
     *
     * @throws ProblemException if it is none
     */
    public static ModelReference parse(String text) throws ProblemException {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD,
                    "model",
                    "model must be a name, name@version or name:label, such as maestro-paper@1");
        }
        String version = matcher.group("version");
        return new ModelReference(
                matcher.group("name"), version == null ? 0 : Integer.parseInt(version), matcher.group("label"));
    }

    /** The model's name; empty means the default. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The version that was asked for, if one was. */
    public OptionalInt version() {
        return version == 0 ? OptionalInt.empty() : OptionalInt.of(version);
    }

    /** The label that was asked for, if one was. */
    public Optional<String> label() {
        return Optional.ofNullable(label);
    }

    @Override
    public String toString() {
        if (name == null) {
            return "the default model";
        }
        return name + (version > 0 ? "@" + version : "") + (label != null ? ":" + label : "");
    }
}
