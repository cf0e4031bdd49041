package dev.cadenza.exporter;

import dev.cadenza.exporter.graph.PaperGraph;
import dev.cadenza.onnx.GraphSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.factory.Nd4j;

/** The versions of everything that has a hand in an export. */
final class ToolVersions {
    private static final String MAVEN = "/META-INF/maven/%s/pom.properties";

    private ToolVersions() {}

    /** Version of this project; {@code development} outside a jar. */
    static String cadenza() {
        return maven("dev.cadenza/cadenza-exporter", "development");
    }

    static SortedMap<String, String> all() {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("cadenza", cadenza());
        versions.put("java", System.getProperty("java.version"));
        versions.put("nd4j", maven("org.nd4j/nd4j-api", "unknown"));
        versions.put("nd4j_backend", Nd4j.getBackend().getClass().getSimpleName());
        versions.put("deeplearning4j", maven("org.deeplearning4j/deeplearning4j-nn", "unknown"));
        versions.put("onnx_opset", Integer.toString(PaperGraph.OPSET));
        versions.put("onnxruntime", GraphSession.runtimeVersion());
        versions.put("tribuo_util_onnx", maven("org.tribuo/tribuo-util-onnx", "unknown"));
        return versions;
    }

    private static String maven(String artifact, String otherwise) {
        try (InputStream in = ToolVersions.class.getResourceAsStream(MAVEN.formatted(artifact))) {
            if (in == null) {
                return otherwise;
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", otherwise);
        } catch (IOException e) {
            throw new IllegalStateException("a jar on the classpath cannot be read", e);
        }
    }
}
