// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The members of a type that users may call, a line each.
 */
final class ApiMembers {

	/** What every object has, and every enum. */
	private static final Set<String> UNIVERSAL = Set.of("equals", "hashCode", "toString", "values", "valueOf");

	private final Class<?> type;

	private final Set<Class<?>> offered;

	/**
	 * Looks at a type.
	 * @param type the type
	 * @param offered all types that users may use
	 */
	ApiMembers(Class<?> type, Set<Class<?>> offered) {
		this.type = type;
		this.offered = offered;
	}

	/** Whether users can name a type. */
	static boolean accessible(Class<?> type) {
		Class<?> enclosing = type.getEnclosingClass();
		return !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass()
				&& (Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers()))
				&& (enclosing == null || accessible(enclosing));
	}

	Stream<String> lines() {
		Stream<String> members = Stream
			.of(fields().map(this::line), constructors().map(this::line), methods().map(this::line))
			.flatMap((lines) -> lines)
			.map((line) -> name() + "#" + line);
		return Stream.concat(Stream.of(name() + " " + header()), members);
	}

	/** The types that a user of this one gets to see. */
	Stream<Class<?>> mentioned() {
		Stream<Type> types = Stream.of(Stream.of(this.type.getGenericInterfaces()),
				Stream.ofNullable(this.type.getGenericSuperclass()), fields().map(Field::getGenericType),
				constructors().flatMap((constructor) -> Stream.of(constructor.getGenericParameterTypes())),
				methods().flatMap((method) -> Stream.concat(Stream.of(method.getGenericReturnType()),
						Stream.of(method.getGenericParameterTypes()))))
			.flatMap((some) -> some);
		return types.flatMap(ApiMembers::classes);
	}

	private String name() {
		return this.type.getName().replace('$', '.');
	}

	private String header() {
		List<String> words = new ArrayList<>();
		int modifiers = this.type.getModifiers();
		boolean plain = !this.type.isInterface() && !this.type.isEnum() && !this.type.isRecord();
		if (plain && Modifier.isAbstract(modifiers)) {
			words.add("abstract");
		}
		if (plain && Modifier.isFinal(modifiers)) {
			words.add("final");
		}
		if (this.type.isSealed() && !this.type.isEnum()) {
			words.add("sealed");
		}
		words.add(kind());
		words.add(Arrays.stream(this.type.getTypeParameters()).map(ApiMembers::text).collect(Collectors.joining(", ")));
		if (plain && this.type.getSuperclass() != Object.class) {
			words.add("extends " + text(this.type.getGenericSuperclass()));
		}
		if (this.type.getInterfaces().length > 0) {
			words.add((this.type.isInterface() ? "extends " : "implements ")
					+ Arrays.stream(this.type.getGenericInterfaces())
						.map(ApiMembers::text)
						.collect(Collectors.joining(", ")));
		}
		words.removeIf(String::isEmpty);
		return String.join(" ", words);
	}

	private String kind() {
		if (this.type.isAnnotation()) {
			return "@interface";
		}
		if (this.type.isInterface()) {
			return "interface";
		}
		if (this.type.isEnum()) {
			return "enum";
		}
		return this.type.isRecord() ? "record" : "class";
	}

	private Stream<Field> fields() {
		return Stream.of(this.type.getDeclaredFields()).filter(this::offered);
	}

	private Stream<Constructor<?>> constructors() {
		return this.type.isEnum() ? Stream.empty()
				: Stream.<Constructor<?>>of(this.type.getDeclaredConstructors()).filter(this::offered);
	}

	/** Methods of a superclass that users should not know count as the type's own. */
	private Stream<Method> methods() {
		List<Method> methods = new ArrayList<>();
		Class<?> declaring = this.type;
		do {
			Stream.of(declaring.getDeclaredMethods()).filter(this::offered).forEach(methods::add);
			declaring = declaring.getSuperclass();
		}
		while (declaring != null && declaring.getName().startsWith("io.github.fallbackai.")
				&& !this.offered.contains(declaring));
		return methods.stream().filter((method) -> !universal(method));
	}

	private boolean universal(Method method) {
		return UNIVERSAL.contains(method.getName()) && (this.type.isEnum() || method.getName().length() > 7
				|| method.getParameterCount() == ("equals".equals(method.getName()) ? 1 : 0));
	}

	private boolean offered(Member member) {
		boolean inheritable = !Modifier.isFinal(this.type.getModifiers()) && !this.type.isSealed();
		return !member.isSynthetic() && (Modifier.isPublic(member.getModifiers())
				|| (inheritable && Modifier.isProtected(member.getModifiers())));
	}

	private String line(Field field) {
		return field.isEnumConstant() ? field.getName()
				: field.getName() + " : " + modifiers(field) + text(field.getAnnotatedType());
	}

	private String line(Constructor<?> constructor) {
		return "new(" + parameters(constructor) + ")" + exceptions(constructor) + suffix(constructor);
	}

	private String line(Method method) {
		String variables = Arrays.stream(method.getTypeParameters())
			.map(ApiMembers::text)
			.collect(Collectors.joining(", "));
		return method.getName() + "(" + parameters(method) + ") : " + modifiers(method)
				+ (variables.isEmpty() ? "" : "<" + variables + "> ") + text(method.getAnnotatedReturnType())
				+ exceptions(method);
	}

	private String suffix(Constructor<?> constructor) {
		return Modifier.isProtected(constructor.getModifiers()) ? " : protected" : "";
	}

	private static String parameters(Executable executable) {
		return Arrays.stream(executable.getAnnotatedParameterTypes())
			.map(ApiMembers::text)
			.collect(Collectors.joining(", "));
	}

	private static String exceptions(Executable executable) {
		return (executable.getExceptionTypes().length == 0) ? ""
				: Arrays.stream(executable.getExceptionTypes())
					.map(Class::getName)
					.collect(Collectors.joining(", ", " throws ", ""));
	}

	private String modifiers(Member member) {
		int modifiers = member.getModifiers();
		StringBuilder words = new StringBuilder();
		if (Modifier.isProtected(modifiers)) {
			words.append("protected ");
		}
		if (Modifier.isStatic(modifiers)) {
			words.append("static ");
		}
		if (Modifier.isAbstract(modifiers)) {
			words.append("abstract ");
		}
		if (member instanceof Method method && method.isDefault()) {
			words.append("default ");
		}
		return words.toString();
	}

	private static String text(AnnotatedType type) {
		return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + text(type.getType());
	}

	private static String text(Type type) {
		if (type instanceof TypeVariable<?> variable) {
			String bounds = Arrays.stream(variable.getBounds())
				.filter((bound) -> bound != Object.class)
				.map(Type::getTypeName)
				.collect(Collectors.joining(" & "));
			return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds.replace('$', '.'));
		}
		return type.getTypeName().replace('$', '.').replace("java.lang.", "");
	}

	private static Stream<Class<?>> classes(Type type) {
		if (type instanceof Class<?> plain) {
			return Stream.of(plain.isArray() ? plain.getComponentType() : plain);
		}
		if (type instanceof ParameterizedType parameterized) {
			return Stream.concat(classes(parameterized.getRawType()),
					Stream.of(parameterized.getActualTypeArguments()).flatMap(ApiMembers::classes));
		}
		if (type instanceof WildcardType wildcard) {
			return Stream.concat(Stream.of(wildcard.getUpperBounds()), Stream.of(wildcard.getLowerBounds()))
				.flatMap(ApiMembers::classes);
		}
		return (type instanceof GenericArrayType array) ? classes(array.getGenericComponentType()) : Stream.empty();
	}

}
