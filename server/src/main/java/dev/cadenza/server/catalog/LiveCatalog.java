package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelAdministration;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.NoModelException;
import dev.cadenza.server.serving.ServedVersion;
import dev.cadenza.server.serving.VersionLoader;
import dev.cadenza.server.serving.VersionStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of a models folder as it is: what appears there is verified, loaded, tried out, made warm and then
 * served by one swap of a pointer; what is refused is kept with its reason and looked into again when its content
 * changes. In-flight requests finish on the version they started with.
 */
public final class LiveCatalog implements ModelCatalog, ModelAdministration {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCatalog.class);
    static final Duration LONGEST_FIRST_LOOK = Duration.ofSeconds(60);

    private final ModelsFolder models;
    private final DefaultName defaultName;
    private final CatalogSettings settings;
    private final Loads loads;
    private final LoaderThread thread;
    private final Leases leases;
    private final ModelAdministration commands;
    /** For the thread alone. */
    private final Set<ServedVersion> followed = Collections.newSetFromMap(new WeakHashMap<>());

    private volatile CatalogView view;
    private volatile boolean closed;

    private LiveCatalog(ModelsFolder models, DefaultName defaultName, CatalogSettings settings, Loads loads) {
        this.models = models;
        this.defaultName = defaultName;
        this.settings = settings;
        this.loads = loads;
        this.thread = new LoaderThread("cadenza-models", loads);
        this.commands = new AdminCommands(models);
        this.view = models.view();
        this.leases = new Leases(() -> view, thread);
    }

    /**
     * Looks through the folder and loads what is to be served. Returns when the default is ready; others may still be
     * loading, and who asks for them waits.
     *
     * @throws NoModelException if there is no good default and waiting for one is of no use
     * @throws DeviceUnavailableException if the device that was insisted on does not work
     * @throws IOException if the state folder cannot be read
     */
    public static LiveCatalog open(ModelRepository repository, VersionLoader loader, CatalogSettings settings)
            throws NoModelException, DeviceUnavailableException, IOException {
        LiveCatalog catalog = begin(repository, loader, settings);
        boolean good = false;
        try {
            catalog.awaitStart();
            good = true;
            return catalog;
        } finally {
            if (!good) {
                catalog.close();
            }
        }
    }

    /**
     * Begins to look and to load, and returns; nothing is ready yet.
     *
     * @throws IOException if the state folder cannot be read
     */
    public static LiveCatalog begin(ModelRepository repository, VersionLoader loader, CatalogSettings settings)
            throws IOException {
        DefaultName defaultName = new DefaultName(settings.defaultName());
        LoadMarks marks = new LoadMarks(settings.marks() ? settings.state() : null);
        Loads loads = new Loads(repository, loader, marks, settings.longestLoad());
        ModelsFolder models =
                new ModelsFolder(repository, loads, new VersionPolicyStore(settings.state()), defaultName);
        LiveCatalog catalog = new LiveCatalog(models, defaultName, settings, loads);
        catalog.thread.execute(() -> {
            models.list();
            catalog.refresh(defaultName.favourite());
        });
        return catalog;
    }

    /**
     * Waits until the default is ready; to be called once.
     *
     * @throws NoModelException if there is no good default and waiting for one is of no use
     * @throws DeviceUnavailableException if the device that was insisted on does not work
     */
    public void awaitStart() throws NoModelException, DeviceUnavailableException {
        thread.run(() -> {});
        boolean enough = isReady() && !settings.others();
        thread.begin(() -> {
            boolean whole = enough || look();
            if (!enough && whole) {
                // What loading took of the heap is not needed again before another version comes.
                System.gc();
            }
            return whole;
        });
        thread.execute(leases::retry);
        if (!isReady()) {
            thread.awaitFirst(LONGEST_FIRST_LOOK);
        }
        if (closed) {
            return;
        }
        DeviceUnavailableException noDevice = thread.call(models::deviceFailure);
        if (noDevice != null) {
            throw noDevice;
        }
        if (!isReady()) {
            NoModelException absence = defaultName.absence(ready(), view.statuses());
            if (settings.poll().isZero() || !ready().isEmpty()) {
                throw absence;
            }
            LOG.warn(
                    "not ready: waiting for a model, checking every {} s: {}",
                    settings.poll().toMillis() / 1e3,
                    absence.getMessage());
        }
        view.names().values().stream()
                .flatMap(name -> name.loaded().values().stream())
                .flatMap(version -> version.deviceNote().stream())
                .distinct()
                .forEach(LOG::info);
        if (!settings.poll().isZero()) {
            thread.repeat(this::look, settings.poll());
        }
    }

    private Set<String> ready() {
        return view.names().entrySet().stream()
                .filter(entry -> entry.getValue().serving() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One look at the whole folder. False: it made way for a command. */
    private boolean look() {
        models.list();
        for (String name : List.copyOf(models.names())) {
            if (closed) {
                return true;
            }
            refresh(name);
            if (loads.hasCommands()) {
                return false;
            }
        }
        show();
        return true;
    }

    private void refresh(String name) {
        try {
            models.find(name).ifPresent(ModelVersions::refresh);
        } catch (RuntimeException e) {
            // The others must not suffer for it.
            LOG.error("{} could not be checked; it stays as it was", name, e);
        }
        show();
    }

    /** Shows how things stand, then closes what no request can find any more. */
    private void show() {
        view = models.view();
        models.release();
        view = models.view();
        leases.retry();
        view.names().values().forEach(name -> name.loaded().values().forEach(this::follow));
    }

    /** When a version fails while it plays, the next best is taken at once. */
    private void follow(ServedVersion version) {
        if (followed.add(version)) {
            version.whenFailed(() -> {
                LOG.error(
                        "{} failed while it played: {}",
                        version.id(),
                        version.failure().orElse(""));
                thread.tryExecute(() -> refresh(version.id().name()));
            });
        }
    }

    @Override
    public String defaultName() {
        return view.defaultName();
    }

    @Override
    public String device() {
        ServedVersion version = view.bare(view.defaultName());
        return version == null ? "" : version.device();
    }

    @Override
    public List<VersionStatus> versions() {
        return view.statuses();
    }

    @Override
    public Optional<VersionId> serving(String name) {
        return Optional.ofNullable(view.bare(name)).map(ServedVersion::id);
    }

    @Override
    public SortedMap<String, Label> labels(String name) {
        CatalogView.Name found = view.names().get(name);
        return found == null ? Collections.unmodifiableSortedMap(new TreeMap<>()) : found.labels();
    }

    @Override
    public ModelLease lease(ModelReference reference, OptionalLong seed) throws ProblemException {
        return leases.lease(reference, seed);
    }

    @Override
    public CompletableFuture<ModelLease> leaseWhenLoaded(ModelReference reference, OptionalLong seed) {
        return leases.leaseWhenLoaded(reference, seed);
    }

    /** Requests that wait for a version to be loaded. */
    int waiting() {
        return leases.waiting();
    }

    @Override
    public boolean isReady() {
        return !closed && view.bare(view.defaultName()) != null;
    }

    @Override
    public void load(String name, OptionalInt version) throws ProblemException {
        carryOut(() -> commands.load(name, version));
    }

    @Override
    public void unload(String name, OptionalInt version) throws ProblemException {
        carryOut(() -> commands.unload(name, version));
    }

    @Override
    public void label(String name, String label, Label target) throws ProblemException {
        carryOut(() -> commands.label(name, label, target));
    }

    @Override
    public void unlabel(String name, String label) throws ProblemException {
        carryOut(() -> commands.unlabel(name, label));
    }

    @Override
    public void rollback(String name) throws ProblemException {
        carryOut(() -> commands.rollback(name));
    }

    private void carryOut(LoaderThread.Command command) throws ProblemException {
        thread.carryOut(() -> {
            try {
                command.carryOut();
            } finally {
                show();
            }
        });
    }

    /** Has {@link #awaitStart} return, ready or not, and ends the leasing; {@link #close} is still to follow. */
    public void stopStarting() {
        closed = true;
        leases.close();
        thread.stopWaiting();
    }

    /** Ends the leasing; in-flight requests finish, and their versions are freed after them. */
    @Override
    public void close() {
        closed = true;
        leases.close();
        thread.close(models::close);
        leases.retry();
    }
}
