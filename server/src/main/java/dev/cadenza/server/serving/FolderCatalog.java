package dev.cadenza.server.serving;

import dev.cadenza.generation.StepModel;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.DeviceUnavailableException;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of a models folder as it was at the start: of each name the highest good one is loaded, verified as the
 * folder's rules say; what is refused on the way is kept with its reason.
 */
public final class FolderCatalog implements ModelCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCatalog.class);
    private static final String FIRST_CHOICE = "maestro-performer";
    private static final String LAST_CHOICE = "maestro-paper";

    private final String defaultName;
    private final SortedMap<String, ServedVersion> served;
    private final SortedMap<VersionId, VersionStatus> statuses;
    private volatile boolean closed;

    private FolderCatalog(
            String defaultName, SortedMap<String, ServedVersion> served, SortedMap<VersionId, VersionStatus> statuses) {
        this.defaultName = defaultName;
        this.served = served;
        this.statuses = statuses;
    }

    /**
     * Looks through the folder, verifies and loads.
     *
     * @param defaultName the name that a request without one means; null: {@code maestro-performer}, else the only name,
     *     else {@code maestro-paper}
     * @throws NoModelException if nothing is good, or the default is not
     * @throws DeviceUnavailableException if the device that was insisted on does not work
     * @throws IOException if the folder cannot be read
     */
    public static FolderCatalog open(ModelRepository repository, VersionLoader loader, @Nullable String defaultName)
            throws NoModelException, DeviceUnavailableException, IOException {
        SortedMap<String, ServedVersion> served = new TreeMap<>();
        SortedMap<VersionId, VersionStatus> statuses = new TreeMap<>();
        boolean good = false;
        try {
            for (NavigableSet<VersionId> versions : byName(repository.versions())) {
                openHighest(versions.descendingSet(), repository, loader, served, statuses);
            }
            FolderCatalog catalog =
                    new FolderCatalog(chooseDefault(defaultName, served.keySet(), statuses.values()), served, statuses);
            good = true;
            served.values().stream()
                    .flatMap(version -> version.deviceNote().stream())
                    .distinct()
                    .forEach(LOG::info);
            return catalog;
        } finally {
            if (!good) {
                served.values().forEach(ServedVersion::close);
            }
        }
    }

    private static Collection<NavigableSet<VersionId>> byName(List<VersionId> versions) {
        SortedMap<String, NavigableSet<VersionId>> names = new TreeMap<>();
        for (VersionId id : versions) {
            names.computeIfAbsent(id.name(), name -> new TreeSet<>()).add(id);
        }
        return names.values();
    }

    private static void openHighest(
            Collection<VersionId> highestFirst,
            ModelRepository repository,
            VersionLoader loader,
            SortedMap<String, ServedVersion> served,
            SortedMap<VersionId, VersionStatus> statuses)
            throws DeviceUnavailableException {
        for (VersionId id : highestFirst) {
            ServedVersion higher = served.get(id.name());
            if (higher != null) {
                statuses.put(
                        id, VersionStatus.unloaded(id, "version " + higher.id().version() + " is being served"));
                continue;
            }
            try {
                ServedVersion version = loader.load(repository.verify(id));
                served.put(id.name(), version);
                statuses.put(id, VersionStatus.ready(id, version.manifest(), version.sha256()));
            } catch (ModelRefusedException e) {
                LOG.warn("{} is not served: {}", id, e.reason());
                statuses.put(id, VersionStatus.refused(id, e.reason()));
            } catch (IOException e) {
                // The message of an IOException is a path.
                String reason = "a file cannot be read (" + e.getClass().getSimpleName() + ")";
                LOG.warn("{} is not served: {}", id, reason, e);
                statuses.put(id, VersionStatus.refused(id, reason));
            }
        }
    }

    private static String chooseDefault(
            @Nullable String wanted, Collection<String> ready, Collection<VersionStatus> statuses)
            throws NoModelException {
        if (ready.isEmpty()) {
            throw new NoModelException(
                    statuses.isEmpty()
                            ? "it holds no model (models/<name>/<number>/model.onnx and its manifest.json)"
                            : "no version in it is good:" + reasons(statuses));
        }
        if (wanted != null) {
            if (!ready.contains(wanted)) {
                List<VersionStatus> own = statuses.stream()
                        .filter(status -> status.id().name().equals(wanted))
                        .toList();
                throw new NoModelException("the default model " + ProblemException.quotable(wanted)
                        + (own.isEmpty() ? " is not in it" : " has no good version:" + reasons(own)));
            }
            return wanted;
        }
        if (ready.contains(FIRST_CHOICE)) {
            return FIRST_CHOICE;
        }
        if (ready.size() == 1) {
            return ready.iterator().next();
        }
        if (ready.contains(LAST_CHOICE)) {
            return LAST_CHOICE;
        }
        throw new NoModelException("it holds " + String.join(", ", ready) + "; choose one with --default-model");
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

    @Override
    public String defaultName() {
        return defaultName;
    }

    @Override
    public String device() {
        ServedVersion version = served.get(defaultName);
        return version == null ? "" : version.device();
    }

    @Override
    public List<VersionStatus> versions() {
        List<VersionStatus> all = new ArrayList<>(statuses.values());
        all.sort(Comparator.comparing(VersionStatus::id));
        return all;
    }

    @Override
    public Optional<VersionId> serving(String name) {
        return Optional.ofNullable(served.get(name)).map(ServedVersion::id);
    }

    @Override
    public ModelLease lease(ModelReference reference) throws ProblemException {
        String name = reference.name().orElse(defaultName);
        ServedVersion version = served.get(name);
        if (reference.label().isPresent()) {
            throw unknown(reference, "the label is not set");
        }
        if (reference.version().isPresent()) {
            VersionId id = new VersionId(name, reference.version().getAsInt());
            VersionStatus status = statuses.get(id);
            if (status == null) {
                throw unknown(reference, "there is no such version");
            }
            if (!status.isReady()) {
                throw notServing(reference, status.reason().orElse(""));
            }
        } else if (version == null) {
            if (statuses.keySet().stream().noneMatch(id -> id.name().equals(name))) {
                throw unknown(reference, "there is no such model");
            }
            throw notServing(reference, "no version of it is good");
        }
        return lend(version);
    }

    private ModelLease lend(@Nullable ServedVersion version) throws ProblemException {
        Optional<StepModel> model = version == null || closed ? Optional.empty() : version.lease();
        if (version == null || model.isEmpty()) {
            throw ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1);
        }
        return new ServedLease(version.id(), version.sha256(), model.get());
    }

    private static ProblemException unknown(ModelReference reference, String why) {
        return ProblemException.ofField(ProblemType.UNKNOWN_MODEL, "model", reference + ": " + why);
    }

    private static ProblemException notServing(ModelReference reference, String why) {
        return ProblemException.ofField(
                ProblemType.VERSION_NOT_SERVING, "model", reference + " is not serving: " + why);
    }

    @Override
    public boolean isReady() {
        return !closed && served.containsKey(defaultName);
    }

    @Override
    public void close() {
        closed = true;
        served.values().forEach(ServedVersion::close);
    }

    private record ServedLease(VersionId id, String sha256, StepModel model) implements ModelLease {
        @Override
        public void close() {
            model.close();
        }
    }
}
