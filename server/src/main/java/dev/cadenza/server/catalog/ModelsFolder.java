package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.serving.VersionStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All names of a models folder, and which is the default. For one thread. */
final class ModelsFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsFolder.class);

    private final ModelRepository repository;
    private final Loads loads;
    private final VersionPolicyStore store;
    private final DefaultName defaultName;
    private final SortedMap<String, ModelVersions> byName = new TreeMap<>();
    private final SortedMap<String, VersionPolicy> kept;
    private String listingFailure = "";

    /** @throws IOException if there are choices that cannot be read */
    ModelsFolder(ModelRepository repository, Loads loads, VersionPolicyStore store, DefaultName defaultName)
            throws IOException {
        this.repository = repository;
        this.loads = loads;
        this.store = store;
        this.defaultName = defaultName;
        this.kept = store.read();
    }

    /** Looks what folders there are; loads nothing. */
    void list() {
        try {
            Map<String, Set<Integer>> found = new TreeMap<>();
            for (VersionId id : repository.versions()) {
                found.computeIfAbsent(id.name(), name -> new TreeSet<>()).add(id.version());
            }
            found.keySet().forEach(this::versions);
            byName.forEach((name, versions) -> versions.find(found.getOrDefault(name, Set.of())));
            byName.values().removeIf(ModelVersions::isEmpty);
            listingFailure = "";
        } catch (IOException e) {
            if (!listingFailure.equals(e.toString())) {
                LOG.warn("the models folder cannot be read; what is loaded stays", e);
            }
            listingFailure = e.toString();
        }
    }

    private ModelVersions versions(String name) {
        return byName.computeIfAbsent(name, key -> {
            ModelVersions versions = new ModelVersions(name, repository, loads);
            versions.setPolicy(kept.getOrDefault(name, VersionPolicy.NONE));
            return versions;
        });
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The versions of a name that has been found. */
    Optional<ModelVersions> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Keeps a command; only then does it count.
     *
     * @throws ProblemException if it cannot be kept
     */
    void choose(String name, ModelVersions versions, VersionPolicy policy) throws ProblemException {
        if (policy.equals(versions.policy())) {
            return;
        }
        SortedMap<String, VersionPolicy> next = new TreeMap<>(kept);
        next.put(name, policy);
        try {
            store.write(next);
        } catch (IOException e) {
            LOG.error("labels and pins cannot be written; nothing was changed", e);
            throw ProblemException.retryable(
                    ProblemType.UNAVAILABLE, "the command cannot be kept in the state folder; nothing was changed", 1);
        }
        if (!store.isKept()) {
            LOG.warn("{}: labels and pins are kept in memory alone and end with the server; --state keeps them", name);
        }
        kept.put(name, policy);
        versions.setPolicy(policy);
    }

    /** The first version that could not be loaded because the device that was insisted on does not work. */
    @Nullable
    DeviceUnavailableException deviceFailure() {
        return byName.values().stream()
                .flatMap(versions -> versions.folders().values().stream())
                .map(VersionFolder::deviceFailure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    CatalogView view() {
        SortedMap<String, CatalogView.Name> views = new TreeMap<>();
        List<VersionStatus> statuses = new ArrayList<>();
        TreeSet<String> ready = new TreeSet<>();
        byName.forEach((name, versions) -> {
            statuses.addAll(versions.statuses());
            views.put(
                    name,
                    new CatalogView.Name(versions.serving(), versions.policy().labels(), versions.loaded()));
            if (versions.serving() > 0) {
                ready.add(name);
            }
        });
        return new CatalogView(
                defaultName.among(ready, byName.values().stream().allMatch(ModelVersions::isLookedAt)),
                views,
                List.copyOf(statuses));
    }

    void release() {
        byName.values().forEach(ModelVersions::release);
    }

    void close() {
        byName.values().forEach(ModelVersions::close);
    }
}
