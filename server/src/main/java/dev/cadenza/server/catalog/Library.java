package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.DeviceUnavailableException;
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
final class Library {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    private final ModelRepository repository;
    private final Loads loads;
    private final ChoiceStore store;
    private final DefaultName defaultName;
    private final SortedMap<String, Shelf> shelves = new TreeMap<>();
    private final SortedMap<String, Choice> kept;
    private String listingFailure = "";

    /** @throws IOException if there are choices that cannot be read */
    Library(ModelRepository repository, Loads loads, ChoiceStore store, DefaultName defaultName) throws IOException {
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
            found.keySet().forEach(this::shelf);
            shelves.forEach((name, shelf) -> shelf.find(found.getOrDefault(name, Set.of())));
            shelves.values().removeIf(Shelf::isEmpty);
            listingFailure = "";
        } catch (IOException e) {
            if (!listingFailure.equals(e.toString())) {
                LOG.warn("the models folder cannot be read; what is loaded stays", e);
            }
            listingFailure = e.toString();
        }
    }

    private Shelf shelf(String name) {
        return shelves.computeIfAbsent(name, key -> {
            Shelf shelf = new Shelf(name, repository, loads);
            shelf.setChoice(kept.getOrDefault(name, Choice.NONE));
            return shelf;
        });
    }

    Set<String> names() {
        return shelves.keySet();
    }

    /** The shelf of a name that has been found. */
    Optional<Shelf> find(String name) {
        return Optional.ofNullable(shelves.get(name));
    }

    /**
     * Keeps an order; only then does it count.
     *
     * @throws ProblemException if it cannot be kept
     */
    void choose(String name, Shelf shelf, Choice choice) throws ProblemException {
        if (choice.equals(shelf.choice())) {
            return;
        }
        SortedMap<String, Choice> next = new TreeMap<>(kept);
        next.put(name, choice);
        try {
            store.write(next);
        } catch (IOException e) {
            LOG.error("labels and pins cannot be written; nothing was changed", e);
            throw ProblemException.retryable(
                    ProblemType.UNAVAILABLE, "the order cannot be kept in the state folder; nothing was changed", 1);
        }
        if (!store.isKept()) {
            LOG.warn("{}: labels and pins are kept in memory alone and end with the server; --state keeps them", name);
        }
        kept.put(name, choice);
        shelf.setChoice(choice);
    }

    /** The first version that could not be loaded because the device that was insisted on does not work. */
    @Nullable
    DeviceUnavailableException deviceFailure() {
        return shelves.values().stream()
                .flatMap(shelf -> shelf.holdings().values().stream())
                .map(Holding::deviceFailure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    CatalogView view() {
        SortedMap<String, CatalogView.Name> names = new TreeMap<>();
        List<VersionStatus> statuses = new ArrayList<>();
        TreeSet<String> ready = new TreeSet<>();
        shelves.forEach((name, shelf) -> {
            statuses.addAll(shelf.statuses());
            names.put(name, new CatalogView.Name(shelf.serving(), shelf.choice().labels(), shelf.loaded()));
            if (shelf.serving() > 0) {
                ready.add(name);
            }
        });
        return new CatalogView(
                defaultName.among(ready, shelves.values().stream().allMatch(Shelf::isLookedAt)),
                names,
                List.copyOf(statuses));
    }

    void release() {
        shelves.values().forEach(Shelf::release);
    }

    void close() {
        shelves.values().forEach(Shelf::close);
    }
}
