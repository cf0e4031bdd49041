package dev.cadenza.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cadenza.engine.StepListener;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.graph.UnsafeGraphException;
import dev.cadenza.model.Golden;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.CudaProbe;
import dev.cadenza.onnx.device.Device;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.onnx.device.EngineException;
import dev.cadenza.onnx.device.NativeLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From verified bytes to a version that plays: everything that can be found out before it plays. */
final class VersionLoading {
    private static final Golden.Tolerance CUDA_TOLERANCE = new Golden.Tolerance(1e-3, 1e-3);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int[] WARM_UP = {10, 60, 64, 10};

    private final VerifiedVersion version;
    private final VersionId id;
    private final ModelManifest manifest;
    private final GraphKind kind;
    private final StepListener listener;
    private final TimeLimits limits;

    private VersionLoading(VerifiedVersion version, StepListener listener, TimeLimits limits)
            throws ModelRefusedException {
        this.version = version;
        this.listener = listener;
        this.limits = limits;
        this.id = version.id();
        this.manifest = version.manifest();
        if (!(manifest.modelKind().orElseThrow() instanceof GraphKind known)) {
            throw new ModelRefusedException(id, "kind " + manifest.kind() + " cannot be played");
        }
        this.kind = known;
    }

    static LoadedVersion load(VerifiedVersion version, DeviceChoice choice, StepListener listener, TimeLimits limits)
            throws ModelRefusedException, DeviceUnavailableException {
        VersionLoading loading = new VersionLoading(version, listener, limits);
        loading.requireSafe();
        NativeLibrary.load();
        if (choice == DeviceChoice.CPU) {
            return loading.on(Device.CPU, "");
        }
        String obstacle = CudaProbe.obstacle().orElse("");
        if (obstacle.isEmpty()) {
            try {
                return loading.on(Device.CUDA, "");
            } catch (ModelRefusedException | EngineException e) {
                obstacle = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            }
        }
        // A version that the CPU refuses too is at fault itself.
        LoadedVersion onCpu = loading.on(Device.CPU, "CUDA is not used: " + obstacle);
        if (choice == DeviceChoice.CUDA) {
            onCpu.close();
            throw new DeviceUnavailableException("CUDA cannot be used: " + obstacle);
        }
        return onCpu;
    }

    private LoadedVersion on(Device device, String deviceNote) throws ModelRefusedException {
        GraphSession graph;
        try {
            graph = GraphSession.open(version.model(), device);
        } catch (GraphRejectedException e) {
            throw new ModelRefusedException(id, "model.onnx: " + e.getMessage(), e);
        }
        boolean good = false;
        try {
            requireTensors(graph);
            StepModel model = model(graph);
            tryOut(graph, model, device);
            good = true;
            return new LoadedVersion(version, device, deviceNote, graph, model, listener, limits.run());
        } finally {
            if (!good) {
                graph.close();
            }
        }
    }

    /** Before ONNX Runtime sees it: building a session already computes what is constant in it. */
    private void requireSafe() throws ModelRefusedException {
        try {
            SafeGraph.require(version.model(), kind.goldenSteps(version.golden().forcedRows()));
        } catch (UnsafeGraphException e) {
            throw new ModelRefusedException(id, "model.onnx: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(id, "golden.json: " + e.getMessage(), e);
        }
    }

    private void tryOut(GraphSession graph, StepModel model, Device device) throws ModelRefusedException {
        try (Alarm alarm = new Alarm(limits.load(), graph::terminate)) {
            try {
                replay(graph, device);
                warmUp(model);
            } catch (ModelRefusedException e) {
                throw alarm.isTimeUp() ? overdue(e) : e;
            }
            if (alarm.isTimeUp()) {
                throw overdue(null);
            }
        }
    }

    private ModelRefusedException overdue(@Nullable ModelRefusedException cause) {
        return new ModelRefusedException(
                id, "the golden replay took longer than " + limits.load().toMillis() / 1e3 + " s", cause);
    }

    private void requireTensors(GraphSession graph) throws ModelRefusedException {
        try {
            requireSame("inputs", manifest.inputs(), graph.inputs());
            requireSame("outputs", manifest.outputs(), graph.outputs());
        } catch (GraphRejectedException e) {
            throw new ModelRefusedException(id, "model.onnx: " + e.getMessage(), e);
        }
    }

    private void requireSame(String what, List<TensorSpec> expected, List<TensorSpec> actual)
            throws ModelRefusedException {
        if (!expected.equals(actual)) {
            throw new ModelRefusedException(
                    id, "model.onnx: " + what + " are " + actual + ", manifest.json says " + expected);
        }
    }

    private StepModel model(GraphSession graph) throws ModelRefusedException {
        Map<String, String> metadata = graph.metadata();
        requireMetadata(metadata, "cadenza.format", Integer.toString(manifest.format()));
        requireMetadata(metadata, "cadenza.kind", manifest.kind());
        try {
            if (!manifest.encoding().equals(JSON.readTree(metadata.getOrDefault("cadenza.encoding", "")))) {
                throw new ModelRefusedException(id, "model.onnx: cadenza.encoding is not manifest.json's encoding");
            }
            return kind.model(graph, manifest);
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(id, "model.onnx: cadenza.encoding is not JSON", e);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(id, "encoding: " + e.getMessage(), e);
        }
    }

    private void requireMetadata(Map<String, String> metadata, String key, String expected)
            throws ModelRefusedException {
        String actual = metadata.get(key);
        if (!expected.equals(actual)) {
            throw new ModelRefusedException(id, "model.onnx: " + key + " is " + actual + ", expected " + expected);
        }
    }

    private void replay(GraphSession graph, Device device) throws ModelRefusedException {
        Golden.Tolerance tolerance =
                device == Device.CUDA ? CUDA_TOLERANCE : version.golden().tolerance();
        try {
            Optional<String> mismatch =
                    GoldenReplay.mismatch(graph, kind, kind.signature(manifest), version.golden(), tolerance);
            if (mismatch.isPresent()) {
                throw new ModelRefusedException(id, mismatch.get());
            }
        } catch (EngineException | IllegalArgumentException e) {
            throw new ModelRefusedException(id, "golden replay: " + e.getMessage(), e);
        }
    }

    /** One step and one chunk of each size that will be met first, with everything sampled. */
    private void warmUp(StepModel model) throws ModelRefusedException {
        int[] sizes = kind.runsChunks() ? new int[] {StepModel.MAX_STEPS, 1} : new int[] {1};
        for (int steps : sizes) {
            StepInput input = StepInput.blank(model.description().shape(), steps, 1);
            if (steps > 1 && model.description().shape().classes().isPresent()) {
                // Only what is given can follow itself: a repeated note that moves on by a tick.
                for (int at = 0; at < input.forced().length; at += StepModel.ATTRIBUTES) {
                    System.arraycopy(WARM_UP, 0, input.forced(), at, StepModel.ATTRIBUTES);
                    if (at > 0) {
                        System.arraycopy(WARM_UP, 0, input.note(), at, StepModel.ATTRIBUTES);
                    }
                }
            }
            try (StepModel.State state = model.start(1)) {
                StepOutput output = model.run(input, state);
                for (float logp : output.logp()) {
                    if (!Float.isFinite(logp)) {
                        throw new ModelRefusedException(id, "warm-up: a log-probability is " + logp);
                    }
                }
            } catch (EngineException e) {
                throw new ModelRefusedException(id, "warm-up: " + e.getMessage(), e);
            }
        }
    }
}
