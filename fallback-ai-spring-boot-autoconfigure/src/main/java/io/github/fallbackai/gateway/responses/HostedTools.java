package io.github.fallbackai.gateway.responses;

/**
 * What happens to tools that a provider would run itself, such as a search of the web.
 */
public enum HostedTools {

	/** A request with such a tool is refused. */
	REJECT,

	/** The tool is left out, and a header of the answer says so. */
	LEAVE_OUT

}
