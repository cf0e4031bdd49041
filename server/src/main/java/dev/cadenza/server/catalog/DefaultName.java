package dev.cadenza.server.catalog;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.UnknownModel;
import dev.cadenza.server.serving.NoModelException;
import dev.cadenza.server.serving.VersionStatus;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The name that a request without one means. For one thread. */
final class DefaultName {
    private static final String FIRST_CHOICE = "maestro-performer";
    private static final String LAST_CHOICE = "maestro-paper";

    private final @Nullable String wanted;
    private String last;

    /** @param wanted null: {@code maestro-performer}, else the only name, else {@code maestro-paper} */
    DefaultName(@Nullable String wanted) {
        this.wanted = wanted;
        this.last = favourite();
    }

    /** The name that is the default whatever else there is, if it is good. */
    String favourite() {
        return wanted == null ? FIRST_CHOICE : wanted;
    }

    /**
     * The default among names that are ready; where they leave it open, it stays what it was.
     *
     * @param complete whether every name has been looked at
     */
    String among(Set<String> ready, boolean complete) {
        if (wanted == null) {
            if (ready.contains(FIRST_CHOICE)) {
                last = FIRST_CHOICE;
            } else if (!complete) {
                return last;
            } else if (ready.size() == 1) {
                last = ready.iterator().next();
            } else if (ready.contains(LAST_CHOICE)) {
                last = LAST_CHOICE;
            }
        }
        return last;
    }

    /** Why there is no default, for the operator. */
    NoModelException absence(Set<String> ready, Collection<VersionStatus> statuses) {
        if (ready.isEmpty()) {
            return new NoModelException(
                    statuses.isEmpty()
                            ? "it holds no model (models/<name>/<number>/model.onnx and its manifest.json)"
                            : "no version in it is good:" + reasons(statuses));
        }
        if (wanted == null) {
            return new NoModelException("it holds " + String.join(", ", ready) + "; choose one with --default-model");
        }
        List<VersionStatus> own = statuses.stream()
                .filter(status -> status.id().name().equals(wanted))
                .toList();
        return new NoModelException("the default model " + ProblemException.quotable(wanted)
                + (own.isEmpty()
                        ? " is not in it; " + UnknownModel.thereAre("models", names(statuses))
                        : " has no good version:" + reasons(own)));
    }

    private static Set<String> names(Collection<VersionStatus> statuses) {
        return statuses.stream().map(status -> status.id().name()).collect(Collectors.toSet());
    }

    private static String reasons(Collection<VersionStatus> statuses) {
        StringBuilder lines = new StringBuilder();
        for (VersionStatus status : statuses) {
            lines.append("\n  ")
                    .append(status.id())
                    .append(": ")
                    .append(status.reason().orElse(""));
        }
        return lines.toString();
    }
}
