// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Reads objects of classes that this library does not know. A getter may be missing, and
 * one that throws must not end a call: that of Spring AI 1.1's OpenAI options throws if
 * there is no schema.
 */
final class ForeignGetters {

	private static final Logger logger = LoggerFactory.getLogger(ForeignGetters.class);

	private ForeignGetters() {
	}

	/** What a getter gives, {@code null} if it throws. */
	static <T> @Nullable T guarded(Supplier<@Nullable T> getter) {
		try {
			return getter.get();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("An option cannot be read and is left out", ex);
			return null;
		}
	}

	/** What a getter gives, {@code null} if there is none, or if it throws. */
	static @Nullable Object read(@Nullable Object owner, String getter) {
		return (owner != null) ? guarded(() -> {
			// Looking it up fails if a class of a signature is missing.
			Method method = ReflectionUtils.findMethod(owner.getClass(), getter);
			if (method == null) {
				return null;
			}
			ReflectionUtils.makeAccessible(method);
			return ReflectionUtils.invokeMethod(method, owner);
		}) : null;
	}

	/**
	 * What the builder of a class makes if nothing is set, {@code null} if there is none.
	 */
	static @Nullable Object builtEmpty(Class<?> type) {
		return guarded(() -> {
			Method builder = ReflectionUtils.findMethod(type, "builder");
			if (builder == null || !Modifier.isStatic(builder.getModifiers())) {
				return null;
			}
			ReflectionUtils.makeAccessible(builder);
			return read(ReflectionUtils.invokeMethod(builder, null), "build");
		});
	}

	/** What a constant of a class is, {@code null} if there is none. */
	static @Nullable Object constant(Class<?> type, String name) {
		return guarded(() -> {
			Field field = ReflectionUtils.findField(type, name);
			if (field == null || !Modifier.isStatic(field.getModifiers())) {
				return null;
			}
			ReflectionUtils.makeAccessible(field);
			return ReflectionUtils.getField(field, null);
		});
	}

}
