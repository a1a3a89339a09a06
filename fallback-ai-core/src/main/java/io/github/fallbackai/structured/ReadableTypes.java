// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.impl.SetterlessProperty;
import com.fasterxml.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.util.BeanUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds types that Jackson can never read, whatever a model answers. Jackson itself
 * notices them when the first such value comes.
 */
final class ReadableTypes {

	private final Class<?> root;

	private final DeserializationContext context = ((DefaultDeserializationContext) AnswerMapper.MAPPER
		.getDeserializationContext()).createDummyInstance(AnswerMapper.MAPPER.getDeserializationConfig());

	private final Set<JavaType> seen = new HashSet<>();

	private ReadableTypes(Class<?> root) {
		this.root = root;
	}

	/**
	 * Checks a type with all that is in it.
	 * @throws IllegalArgumentException if it cannot be read
	 */
	static void check(Class<?> type) {
		try {
			new ReadableTypes(type).check(AnswerMapper.MAPPER.constructType(type), null, false);
		}
		catch (JsonMappingException ex) {
			throw unreadable(type, ex.getOriginalMessage());
		}
	}

	static IllegalArgumentException unreadable(Class<?> type, String problem) {
		return new IllegalArgumentException(
				"type: " + type.getName() + " (expected: one that Jackson can read, but: " + problem + ")");
	}

	private void check(JavaType type, @Nullable JsonDeserializer<?> known, boolean named) throws JsonMappingException {
		if (!this.seen.add(type)) {
			return;
		}
		JsonDeserializer<?> reader = (known != null) ? known : this.context.findContextualValueDeserializer(type, null);
		if (reader instanceof UnsupportedTypeDeserializer) {
			throw unreadable(this.root, String.valueOf(BeanUtil.checkUnsupportedType(this.context.getConfig(), type)));
		}
		if (reader instanceof AbstractDeserializer) {
			checkSubtypes(type, named);
		}
		else if (reader instanceof BeanDeserializerBase bean) {
			checkMembers(type, bean);
		}
		else if (type.getContentType() != null && reader instanceof ContainerDeserializerBase<?> container) {
			check(type.getContentType(), container.getContentDeserializer(),
					type.getContentType().getTypeHandler() != null);
		}
	}

	private void checkSubtypes(JavaType type, boolean named) throws JsonMappingException {
		if (!named && this.context.getFactory().findTypeDeserializer(this.context.getConfig(), type) == null) {
			throw unreadable(this.root, type.getRawClass().getName() + " is abstract, and has no @JsonTypeInfo");
		}
		AnnotatedClass annotated = AnnotatedClassResolver.resolve(this.context.getConfig(), type,
				this.context.getConfig());
		for (NamedType subtype : this.context.getConfig()
			.getSubtypeResolver()
			.collectAndResolveSubtypesByClass(this.context.getConfig(), annotated)) {
			check(this.context.constructType(subtype.getType()), null, true);
		}
	}

	/**
	 * An answer may do without members that may be absent, or that only have a getter.
	 */
	private void checkMembers(JavaType type, BeanDeserializerBase bean) throws JsonMappingException {
		if (!bean.getValueInstantiator().canInstantiate()) {
			throw unreadable(this.root,
					type.getRawClass().getName() + " has no constructor that takes nothing, or is annotated");
		}
		for (Iterator<SettableBeanProperty> members = bean.properties(); members.hasNext();) {
			SettableBeanProperty member = members.next();
			if (member instanceof SetterlessProperty || MemberNames.mayBeAbsent(type.getRawClass(), member.getName())) {
				continue;
			}
			check(member.getType(), member.hasValueDeserializer() ? member.getValueDeserializer() : null,
					member.hasValueTypeDeserializer());
		}
	}

}
