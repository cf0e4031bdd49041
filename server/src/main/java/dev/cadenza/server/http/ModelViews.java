package dev.cadenza.server.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.steering.TwoHands;
import dev.cadenza.model.Licence;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.request.Controls;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
import java.util.List;
import java.util.Locale;

/** Models and versions as JSON. */
final class ModelViews {
    private static final JsonMapper JSON = new JsonMapper();

    private ModelViews() {}

    static ObjectNode all(ModelCatalog catalog) {
        ObjectNode view = JSON.createObjectNode();
        view.put("default", catalog.defaultName());
        view.put("device", catalog.device());
        ArrayNode models = view.putArray("models");
        catalog.versions().stream()
                .map(status -> status.id().name())
                .distinct()
                .forEach(name -> models.add(model(catalog, name)));
        return view;
    }

    /** One name with all its versions. */
    static ObjectNode model(ModelCatalog catalog, String name) {
        ObjectNode view = JSON.createObjectNode();
        view.put("name", name);
        view.put("default", name.equals(catalog.defaultName()));
        view.put("serving", catalog.serving(name).map(VersionId::toString).orElse(null));
        ObjectNode labels = view.putObject("labels");
        catalog.labels(name).forEach((label, target) -> {
            ObjectNode named = labels.putObject(label).put("version", target.version());
            if (label.equals(Label.CANARY)) {
                named.put("weight", target.weight());
            }
        });
        ArrayNode versions = view.putArray("versions");
        ofName(catalog, name).forEach(status -> versions.add(version(catalog, status)));
        return view;
    }

    static ObjectNode version(ModelCatalog catalog, VersionStatus status) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", status.id().toString());
        view.put("name", status.id().name());
        view.put("version", status.id().version());
        view.put("state", status.state().name().toLowerCase(Locale.ROOT));
        view.put("reason", status.reason().orElse(null));
        ArrayNode labels = view.putArray("labels");
        catalog.labels(status.id().name()).forEach((label, target) -> {
            if (target.version() == status.id().version()) {
                labels.add(label);
            }
        });
        view.put("sha256", status.sha256().orElse(null));
        view.put("device", status.device().orElse(null));
        status.manifest().ifPresent(manifest -> describe(view, manifest));
        return view;
    }

    private static void describe(ObjectNode view, ModelManifest manifest) {
        view.put("kind", manifest.kind());
        view.put("created", manifest.created());
        view.put("opset", manifest.opset());
        view.put("batch_invariant", manifest.batchInvariant());
        view.set("encoding", manifest.encoding());
        view.set("metrics", manifest.metrics());
        Licence licence = manifest.licence();
        view.putObject("licence")
                .put("id", licence.id())
                .put("text", licence.text())
                .put("attribution", licence.attribution());
        ArrayNode controls = view.putArray("controls");
        boolean steerable = manifest.modelKind().filter(ModelKind::isSteerable).isPresent();
        if (steerable) {
            Controls.NAMES.forEach(controls::add);
        }
        ObjectNode defaults = view.putObject("defaults");
        defaults.put("notes", GenerationOptions.DEFAULT_NOTES).put("temperature", 1);
        if (steerable) {
            defaults.put("temperature_without_prompt", GenerationOptions.FROM_SILENCE);
            defaults.put("hands", TwoHands.STANDARD.span());
        }
    }

    /** The Open Inference Protocol's metadata of a model. */
    static ObjectNode metadata(ModelCatalog catalog, VersionStatus status) {
        ObjectNode view = JSON.createObjectNode();
        view.put("name", status.id().name());
        ArrayNode versions = view.putArray("versions");
        ofName(catalog, status.id().name()).stream()
                .filter(VersionStatus::isReady)
                .forEach(ready -> versions.add(Integer.toString(ready.id().version())));
        view.put("platform", "onnxruntime_onnx");
        ArrayNode inputs = view.putArray("inputs");
        ArrayNode outputs = view.putArray("outputs");
        status.manifest().ifPresent(manifest -> {
            manifest.inputs().forEach(tensor -> inputs.add(tensor(tensor)));
            manifest.outputs().forEach(tensor -> outputs.add(tensor(tensor)));
        });
        return view;
    }

    private static ObjectNode tensor(TensorSpec tensor) {
        ObjectNode view = JSON.createObjectNode();
        view.put("name", tensor.name());
        view.put("datatype", tensor.type().equals(TensorSpec.FLOAT32) ? "FP32" : "INT32");
        ArrayNode shape = view.putArray("shape");
        for (long dimension : tensor.dims()) {
            shape.add(dimension);
        }
        return view;
    }

    private static List<VersionStatus> ofName(ModelCatalog catalog, String name) {
        return catalog.versions().stream()
                .filter(status -> status.id().name().equals(name))
                .toList();
    }
}
