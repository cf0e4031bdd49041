package dev.cadenza.server.catalog;

import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.problem.UnknownModel;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ServedVersion;
import dev.cadenza.server.serving.VersionStatus;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue as it is at one time; nothing in it changes, but that versions in it may be closed later.
 *
 * @param defaultName the name that a request without one means
 * @param names what there is, by name
 * @param statuses by name and number
 */
record CatalogView(String defaultName, SortedMap<String, Name> names, List<VersionStatus> statuses) {
    /**
     * What a lease of one name needs.
     *
     * @param serving what the bare name means, 0 for nothing
     * @param labels label to what it names
     * @param loaded version to what can be leased
     */
    record Name(int serving, SortedMap<String, Label> labels, SortedMap<Integer, ServedVersion> loaded) {
        @Nullable
        ServedVersion bare() {
            return loaded.get(serving);
        }
    }

    /** What the bare name means. */
    @Nullable
    ServedVersion bare(String name) {
        Name found = names.get(name);
        return found == null ? null : found.bare();
    }

    /**
     * What a request means.
     *
     * @throws ProblemException if there is no such thing, or it is not loaded
     */
    ServedVersion find(ModelReference reference, OptionalLong seed) throws ProblemException {
        String name = reference.name().orElse(defaultName);
        Name found = names.get(name);
        if (found == null) {
            throw unknown(reference, "there is no such model; " + UnknownModel.thereAre("models", names.keySet()));
        }
        int version = found.serving();
        if (reference.version().isPresent()) {
            version = reference.version().getAsInt();
        } else if (reference.label().isPresent()) {
            Label label = found.labels().get(reference.label().get());
            if (label == null) {
                throw unknown(
                        reference,
                        "the label is not set; "
                                + UnknownModel.thereAre("labels", found.labels().keySet()));
            }
            version = label.version();
        } else {
            Label canary = found.labels().get(Label.CANARY);
            if (canary != null
                    && found.loaded().containsKey(canary.version())
                    && seed.isPresent()
                    && CanaryDraw.isDrawn(name, seed.getAsLong(), canary.weight())) {
                version = canary.version();
            }
        }
        ServedVersion served = found.loaded().get(version);
        if (served == null) {
            throw version == 0 ? notServing(reference, "no version of it is good") : missing(reference, name, version);
        }
        return served;
    }

    private ProblemException missing(ModelReference reference, String name, int version) {
        VersionId id = new VersionId(name, version);
        return statuses.stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .map(status -> notServing(reference, status.reason().orElse("")))
                .orElseGet(() -> unknown(
                        reference, "there is no such version; " + UnknownModel.thereAre("versions", versions(name))));
    }

    private Set<Integer> versions(String name) {
        return statuses.stream()
                .map(VersionStatus::id)
                .filter(id -> id.name().equals(name))
                .map(VersionId::version)
                .collect(Collectors.toSet());
    }

    private static ProblemException unknown(ModelReference reference, String why) {
        return ProblemException.ofField(ProblemType.UNKNOWN_MODEL, "model", reference + ": " + why);
    }

    private static ProblemException notServing(ModelReference reference, String why) {
        return ProblemException.ofField(
                ProblemType.VERSION_NOT_SERVING, "model", reference + " is not serving: " + why);
    }
}
