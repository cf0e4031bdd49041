package dev.cadenza.server.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.List;
import java.util.OptionalInt;

/** Reads the bodies of commands to the catalogue; an empty body is an empty object. */
public final class AdminCommandReader {
    private static final int MAX_VERSION = 999_999_999;

    private AdminCommandReader() {}

    /**
     * What a label is to name.
     *
     * @param version 1..999,999,999
     * @param weight 0..1
     */
    public record LabelCommand(int version, double weight) {}

    /** Whether an index is to hold ready versions alone: {@code {"ready": true}}. */
    public static boolean readyOnly(byte[] body) throws ProblemException {
        return fields(body, List.of("ready")).flag("ready", false);
    }

    /** The version of {@code {"parameters": {"version": 3}}}, if it is given. */
    public static OptionalInt version(byte[] body) throws ProblemException {
        if (body.length == 0) {
            return OptionalInt.empty();
        }
        JsonFields fields = JsonFields.parse(body);
        CheckedFields.of(fields, List.of("parameters"));
        if (fields.node("parameters").isEmpty()) {
            return OptionalInt.empty();
        }
        if (!(fields.node("parameters").get() instanceof ObjectNode parameters)) {
            throw QueryFields.invalid("parameters", "must be an object");
        }
        // The protocol's clients always send unload_dependents; models here have none.
        CheckedFields checked =
                CheckedFields.of(new JsonFields(parameters, "parameters."), List.of("version", "unload_dependents"));
        checked.flag("unload_dependents", false);
        return checked.isGiven("version")
                ? OptionalInt.of(checked.integer("version", 1, MAX_VERSION, 1))
                : OptionalInt.empty();
    }

    /** {@code {"version": 3, "weight": 0.1}}. */
    public static LabelCommand label(byte[] body) throws ProblemException {
        CheckedFields fields = fields(body, List.of("version", "weight"));
        if (!fields.isGiven("version")) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD, "version", "version must be given: the number that the label names");
        }
        return new LabelCommand(fields.integer("version", 1, MAX_VERSION, 1), fields.number("weight", 0, 1, 0));
    }

    /** Refuses a body with fields in it. */
    public static void requireEmpty(byte[] body) throws ProblemException {
        if (body.length > 0 && !JsonFields.parse(body).names().isEmpty()) {
            throw new ProblemException(ProblemType.UNKNOWN_FIELD, "this command has no fields");
        }
    }

    private static CheckedFields fields(byte[] body, List<String> names) throws ProblemException {
        return CheckedFields.of(JsonFields.parse(body.length == 0 ? new byte[] {'{', '}'} : body), names);
    }
}
