package dev.aikit.schema.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import dev.aikit.json.Description;
import dev.aikit.json.JsonSchemaProvider;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import org.jspecify.annotations.Nullable;

/** What the generator has to know of the client's reading of JSON, so that a schema allows what is read, and no more. */
final class Configuration {
    private Configuration() {}

    static SchemaGeneratorConfig of(ObjectMapper mapper, boolean strict) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .without(Option.SCHEMA_VERSION_INDICATOR, Option.FLATTENED_SUPPLIERS)
                .with(
                        Option.FLATTENED_ENUMS_FROM_TOSTRING,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.NULLABLE_ARRAY_ITEMS_ALLOWED,
                        Option.NULLABLE_ALWAYS_AS_ANYOF,
                        Option.ENUM_KEYWORD_FOR_SINGLE_VALUES,
                        Option.PLAIN_DEFINITION_KEYS,
                        Option.ALLOF_CLEANUP_AT_THE_END);
        builder.forFields()
                .withIgnoreCheck(
                        field -> !field.isFakeContainerItemScope() && !JsonSchemaProvider.isNamed(field.getRawMember()))
                .withRequiredCheck(field -> strict || !isNullable(field))
                .withNullableCheck(Configuration::isNullable)
                .withDescriptionResolver(Configuration::description);
        builder.forTypesInGeneral()
                .withPropertySorter((one, other) -> 0) // as declared, which is the order in which a model writes
                .withDescriptionResolver(Configuration::description)
                .withSubtypeResolver((type, context) -> Variants.of(type, context.getTypeContext()))
                .withCustomDefinitionProvider(KnownTypes::definition);
        return builder.build();
    }

    private static boolean isNullable(FieldScope field) {
        AnnotatedElement member = field.getRawMember();
        AnnotatedType type = field.getRawMember().getAnnotatedType();
        if (!field.isFakeContainerItemScope()) return JsonSchemaProvider.isNullable(member, type);
        AnnotatedType item = item(type);
        return item != null && JsonSchemaProvider.isNullable(item, item);
    }

    private static @Nullable AnnotatedType item(AnnotatedType container) {
        if (container instanceof AnnotatedArrayType array) return array.getAnnotatedGenericComponentType();
        if (!(container instanceof AnnotatedParameterizedType generic)) return null;
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        return arguments.length == 1 ? arguments[0] : null;
    }

    private static @Nullable String description(FieldScope field) {
        return field.isFakeContainerItemScope() ? null : text(field.getRawMember());
    }

    private static @Nullable String description(TypeScope type) {
        return text(type.getType().getErasedType());
    }

    private static @Nullable String text(AnnotatedElement element) {
        Description description = element.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }
}
