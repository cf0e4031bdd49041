package dev.cadenza.trainer.checkpoint;

import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.deser.DeserializationProblemHandler;
import org.nd4j.shade.jackson.databind.jsontype.TypeIdResolver;

/** Lets DL4J's own reader open a checkpoint, whose names of classes are those of {@link NetworkNames}. */
final class Dl4jNames extends DeserializationProblemHandler {
    private Dl4jNames() {}

    static void register() {
        NeuralNetConfiguration.mapper().addHandler(new Dl4jNames());
    }

    @Override
    public @Nullable JavaType handleUnknownTypeId(
            DeserializationContext context, JavaType base, String name, TypeIdResolver resolver, String failure) {
        Optional<NetworkNames.Part> part = NetworkNames.CADENZA.named(name);
        if (part.isEmpty()) {
            return null;
        }
        try {
            return context.constructType(Class.forName(part.get().className()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a name of the allow-list has no class", e);
        }
    }
}
