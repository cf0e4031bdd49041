package dev.cadenza.exporter.publish;

import dev.cadenza.console.JarVersion;
import dev.cadenza.exporter.graph.OnnxOperator;
import dev.cadenza.onnx.GraphSession;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.factory.Nd4j;

/** The versions of everything that has a hand in an export. */
final class ToolVersions {
    private ToolVersions() {}

    static SortedMap<String, String> all() {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("cadenza", JarVersion.cadenza());
        versions.put("java", System.getProperty("java.version"));
        versions.put("nd4j", JarVersion.of("org.nd4j/nd4j-api", "unknown"));
        versions.put("nd4j_backend", Nd4j.getBackend().getClass().getSimpleName());
        versions.put("deeplearning4j", JarVersion.of("org.deeplearning4j/deeplearning4j-nn", "unknown"));
        versions.put("onnx_opset", Integer.toString(OnnxOperator.OPSET));
        versions.put("onnxruntime", GraphSession.runtimeVersion());
        versions.put("tribuo_util_onnx", JarVersion.of("org.tribuo/tribuo-util-onnx", "unknown"));
        return versions;
    }
}
