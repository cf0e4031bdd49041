package dev.cadenza.server.problem;

import java.util.Collection;
import java.util.stream.Collectors;

/** Answers to an unknown name or version: they list what there is. */
public final class UnknownModel {
    private static final int MOST_NAMES = 30;

    private UnknownModel() {}

    /** There is no model of this name. */
    public static ProblemException named(String name, Collection<String> models) {
        return new ProblemException(
                ProblemType.UNKNOWN_MODEL,
                "there is no model " + ProblemException.quotable(name) + "; " + thereAre("models", models));
    }

    /** The model has no such version. */
    public static ProblemException version(Collection<Integer> versions) {
        return new ProblemException(
                ProblemType.UNKNOWN_MODEL, "the model has no such version; " + thereAre("versions", versions));
    }

    /**
     * Such as {@code there are the models a, b}.
     *
     * @param what the things' name in the plural
     */
    public static String thereAre(String what, Collection<?> names) {
        if (names.isEmpty()) {
            return "there are no " + what;
        }
        String some =
                names.stream().sorted().limit(MOST_NAMES).map(String::valueOf).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return "there are the " + what + " " + some + (more > 0 ? " and " + more + " more" : "");
    }
}
