package dev.cadenza.server.serving;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.engine.StepEngine;
import dev.cadenza.engine.StepListener;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.Licence;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.PaperKind;
import dev.cadenza.onnx.PerformerKind;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelReference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code fake@2} is ready, {@code fake@1} is not loaded, {@code broken@1} is refused. */
public final class FakeCatalog implements ModelCatalog, ModelAdministration {
    public static final VersionId SERVED = new VersionId("fake", 2);
    public static final String SHA256 = "ab".repeat(32);

    private static final VersionId OLD = new VersionId("fake", 1);
    private static final VersionId BROKEN = new VersionId("broken", 1);
    private static final int HIDDEN = 8;

    private final StepEngine model;
    private final AtomicInteger lent = new AtomicInteger();
    private volatile boolean ready = true;

    public FakeCatalog(StepModel model) {
        this.model = new StepEngine("fake", model, StepEngine.ROWS, StepListener.NONE);
    }

    private static ModelManifest manifest(ModelDescription model) {
        GraphSignature graph =
                model.kind().equals("paper") ? PaperKind.signature(HIDDEN) : PerformerKind.signature(HIDDEN, false);
        ObjectNode encoding = JsonNodeFactory.instance.objectNode().put("ticks_per_second", model.ticksPerSecond());
        return new ModelManifest(
                1,
                model.kind(),
                "2026-01-02T03:04:05Z",
                new TreeMap<>(),
                graph.inputs(),
                graph.outputs(),
                encoding,
                JsonNodeFactory.instance.objectNode().put("validation_mse", 0.0125),
                JsonNodeFactory.instance.objectNode(),
                new Licence("CC-BY-NC-SA-4.0", "Not for commercial use.", "A pianist."),
                17,
                true);
    }

    /** Leases that have not been given back. */
    public int lent() {
        return lent.get();
    }

    public void setReady(boolean ready) {
        this.ready = ready;
    }

    @Override
    public String defaultName() {
        return "fake";
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public List<VersionStatus> versions() {
        return List.of(
                VersionStatus.refused(BROKEN, "model.onnx has 3 bytes, manifest.json says 4"),
                VersionStatus.unloaded(OLD, "version 2 is being served"),
                VersionStatus.ready(new Served(), null));
    }

    @Override
    public Optional<VersionId> serving(String name) {
        return name.equals("fake") ? Optional.of(SERVED) : Optional.empty();
    }

    @Override
    public SortedMap<String, Label> labels(String name) {
        return new TreeMap<>();
    }

    @Override
    public void load(String name, OptionalInt version) throws ProblemException {
        throw fixed();
    }

    @Override
    public void unload(String name, OptionalInt version) throws ProblemException {
        throw fixed();
    }

    @Override
    public void label(String name, String label, Label target) throws ProblemException {
        throw fixed();
    }

    @Override
    public void unlabel(String name, String label) throws ProblemException {
        throw fixed();
    }

    @Override
    public void rollback(String name) throws ProblemException {
        throw fixed();
    }

    private static ProblemException fixed() {
        return new ProblemException(ProblemType.CONFLICT, "this catalogue never changes");
    }

    @Override
    public ModelLease lease(ModelReference reference, OptionalLong seed) throws ProblemException {
        String name = reference.name().orElse("fake");
        if (!name.equals("fake")
                || reference.version().orElse(2) != 2
                || reference.label().isPresent()) {
            throw ProblemException.ofField(ProblemType.UNKNOWN_MODEL, "model", reference + ": there is no such model");
        }
        lent.incrementAndGet();
        return new Lease();
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void close() {
        model.close();
    }

    private final class Served implements ServedVersion {
        @Override
        public Optional<String> card() {
            return Optional.of("# A fake\n\n<b>Plays</b> nothing.\n");
        }

        @Override
        public VersionId id() {
            return SERVED;
        }

        @Override
        public ModelManifest manifest() {
            return FakeCatalog.manifest(model.description());
        }

        @Override
        public String sha256() {
            return SHA256;
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public Optional<String> deviceNote() {
            return Optional.empty();
        }

        @Override
        public Optional<Player> lease() {
            throw new IllegalStateException("the catalogue leases");
        }

        @Override
        public void close() {
            throw new IllegalStateException("the catalogue closes");
        }
    }

    private final class Lease implements ModelLease {
        private boolean back;

        @Override
        public VersionId id() {
            return SERVED;
        }

        @Override
        public String sha256() {
            return SHA256;
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public Player model() {
            return model;
        }

        @Override
        public synchronized void close() {
            if (back) {
                throw new IllegalStateException("a lease was given back twice");
            }
            back = true;
            lent.decrementAndGet();
        }
    }
}
