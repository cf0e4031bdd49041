package dev.cadenza.exporter.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A node's attribute: a name and a value of one of the types that our operators have. */
public sealed interface OnnxAttribute {
    String name();

    AttributeProto toProto();

    /** One integer. */
    record Int(String name, long value) implements OnnxAttribute {
        @Override
        public AttributeProto toProto() {
            return AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(value)
                    .build();
        }
    }

    /** One number. */
    record Real(String name, float value) implements OnnxAttribute {
        @Override
        public AttributeProto toProto() {
            return AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(value)
                    .build();
        }
    }

    /** Several integers. */
    record Ints(String name, List<Long> values) implements OnnxAttribute {
        public Ints {
            values = List.copyOf(values);
        }

        @Override
        public AttributeProto toProto() {
            return AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.INTS)
                    .addAllInts(values)
                    .build();
        }
    }

    /** One string. */
    record Text(String name, String value) implements OnnxAttribute {
        @Override
        public AttributeProto toProto() {
            return AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFrom(value, StandardCharsets.UTF_8))
                    .build();
        }
    }

    /** A graph within the node. */
    record Branch(String name, GraphProto graph) implements OnnxAttribute {
        @Override
        public AttributeProto toProto() {
            return AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.GRAPH)
                    .setG(graph)
                    .build();
        }
    }

    /** Several strings. */
    record Strings(String name, List<String> values) implements OnnxAttribute {
        public Strings {
            values = List.copyOf(values);
        }

        @Override
        public AttributeProto toProto() {
            return AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.STRINGS)
                    .addAllStrings(values.stream()
                            .map(value -> ByteString.copyFrom(value, StandardCharsets.UTF_8))
                            .toList())
                    .build();
        }
    }
}
