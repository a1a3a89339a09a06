// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Predicate;

import io.github.fallbackai.endpoint.EndpointBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints that are chat models of Spring AI: their provider, and the beans that they
 * name.
 */
public final class ChatModelBeans {

	/** Name of the provider. */
	public static final String PROVIDER = "spring-ai";

	private static final String BEAN = "bean";

	private static final String FACE = "FallbackChatModel";

	private ChatModelBeans() {
	}

	/**
	 * Refuses endpoints that name no chat model. No bean is made for that.
	 * @param endpoints the endpoints
	 * @param models whether a bean is a chat model
	 * @param faces whether a bean is the chat model that asks the endpoints
	 */
	public static void check(AllEndpointProperties endpoints, Predicate<String> models, Predicate<String> faces) {
		for (LayeredEndpointProperties endpoint : endpoints.all()) {
			String bean = endpoint.properties().isEnabled() ? nameOf(endpoint) : null;
			if (bean != null && faces.test(bean)) {
				throw endpoint.invalid(BEAN,
						"'" + bean + "' is the " + FACE + " itself, which would ask itself for ever",
						"Name the chat model of a provider.");
			}
			if (bean != null && !models.test(bean)) {
				throw endpoint.invalid(BEAN, "no ChatModel bean is named '" + bean + "'",
						"Name a bean of type ChatModel, or add the starter of Spring AI that makes one.");
			}
		}
	}

	/** The address that stands for a bean. Nothing is ever sent there. */
	static @Nullable URI address(LayeredEndpointProperties endpoint) {
		String bean = nameOf(endpoint);
		if (bean == null) {
			return null;
		}
		if (endpoint.properties().getUrl() != null) {
			throw endpoint.invalid("url", "provider " + PROVIDER + " has no URL, its bean has one", "Remove it.");
		}
		return URI.create(
				"https://b" + HexFormat.of().formatHex(bean.getBytes(StandardCharsets.UTF_8)) + ".spring-ai.invalid");
	}

	/** Gives an endpoint its bean. */
	static void add(LayeredEndpointProperties source, EndpointBuilder endpoint) {
		String bean = nameOf(source);
		if (bean != null) {
			source.value(() -> endpoint.option(BEAN, bean));
		}
	}

	/** The bean of an endpoint, {@code null} if it is none of Spring AI. */
	static @Nullable String nameOf(LayeredEndpointProperties endpoint) {
		String bean = endpoint.properties().getBean();
		if (!endpoint.provider().equals(PROVIDER)) {
			if (bean != null) {
				throw endpoint.invalid(BEAN, "provider " + endpoint.provider() + " has no bean",
						"Remove it, or set provider to " + PROVIDER + ".");
			}
			return null;
		}
		if (bean == null || bean.isBlank()) {
			throw endpoint.invalid(BEAN, "missing (expected: the name of a ChatModel bean)",
					"Set it, for example to ollamaChatModel.");
		}
		return endpoint.resolved(BEAN, bean.strip());
	}

}
