# A look-up in ten megabytes of data: who may see which of 48,000 documents.
package catalog

default allow := false

allow if {
	document := data.documents[input.document]
	document.state == "published"
	some group in input.groups
	group in document.readers
}

allow if data.documents[input.document].owner == input.user
