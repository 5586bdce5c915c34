"""The column labels that Salesforce, HubSpot and others give to the fields of a deal.

A label is written as `plain_label` leaves it: lower case, letters and digits alone, so that
'Close Date', 'CloseDate', 'close_date' and 'property_closedate' are one. The first label wins.
"""

import re

Labels = dict[str, str]
"""Field -> its labels, separated by blanks, the likeliest first."""


def plain_label(header: str) -> str:
    """Reduce a header to what all spellings of it share."""
    header = header.casefold()
    header = re.sub(r"^(property_|properties\.)", "", header)
    header = re.sub(r"__c$|_c$", "", header)
    return "".join(character for character in header if character.isalnum())


DEAL_LABELS: Labels = {
    "external_id": "externalid opportunityid dealid recordid recordiddeal hsobjectid id crmid "
    "opportunity18id casesafeid oppid dealnumber opportunitynumber dealnummer",
    "name": "opportunityname dealname name deal opportunity dealtitle",
    "account": "accountname account associatedcompany associatedcompanyprimary "
    "primaryassociatedcompany companyname company customer client organisation organization "
    "accountidname firma kunde unternehmen kundenname",
    "account_external_id": "accountid associatedcompanyids associatedcompanyid companyid "
    "primaryassociatedcompanyid associatedcompanyidsprimary",
    "product": "product productname products lineitem produkt producto produit",
    "amount": "amount dealamount closevalue value dealvalue amountincompanycurrency "
    "amountconverted totalcontractvalue tcv acv arr betrag volumen auftragswert montant importe",
    "currency": "currency currencycode currencyisocode amountcurrency dealcurrencycode "
    "amountconvertedcurrency dealcurrency währung devise",
    "stage": "stagename stage dealstage opportunitystage outcome status dealstatus result "
    "dealpipelinestageid pipelinestage phase verkaufsphase etappe",
    "is_deleted": "isdeleted deleted fivetrandeleted",
    "opened_on": "createdate createddate createdon created opened openedon opendate engagedate "
    "startdate createdat erstellungsdatum erstelltam angelegtam",
    "closed_on": "closedate closedon closingdate closed dateclosed decisiondate actualclosedate "
    "closedat schlusstermin abschlussdatum abgeschlossenam abschlusstermin",
    # After the closing date, for 'Closed' alone may be either.
    "is_won": "iswon won isclosedwon hsisclosedwon",
    "is_closed": "isclosed closed hsisclosed",
    "seller": "opportunityowner dealowner salesagent owner seller salesrep rep accountexecutive "
    "ownername opportunityownername salesperson verkäufer vertriebsmitarbeiter besitzer",
    "seller_external_id": "ownerid hubspotownerid opportunityownerid selleruserid",
    "seller_email": "owneremail selleremail opportunityowneremail dealowneremail",
    "lead_source": "leadsource source originalsource originalsourcetype leadquelle "
    "hsanalyticssource",
    "segment": "segment marketsegment customersegment accountsegment",
    "region": "region territory salesregion regionaloffice vertriebsregion",
    "competitors": "competitors competitor maincompetitors maincompetitor competitorsmet "
    "primarycompetitor wettbewerber konkurrenz",
    "won_by": "lostto wonby winner competitorwon losttocompetitor winningvendor verlorenan",
    "replaced": "replaced replaces incumbent incumbentvendor previoussolution currentsolution",
    "stated_reason": "closedlostreason lossreason lostreason closedwonreason winreason "
    "reasonlost reasonlostwon winlossreason closereason closedreason reason verlustgrund grund "
    "ablehnungsgrund",
    "contact_external_id": "contactid associatedcontactids associatedcontactid contactids",
    "contact_name": "contactname contact associatedcontact contacts contactfullname fullname "
    "associatedcontacts primarycontact ansprechpartner",
    "contact_first_name": "firstname contactfirstname vorname",
    "contact_last_name": "lastname contactlastname nachname",
    "contact_email": "contactemail email emailaddress contactemailaddress contactmail mail",
    "contact_title": "contacttitle title jobtitle contactjobtitle",
    "buying_role": "contactrole role buyingrole contactbuyingrole rolle",
}

ACCOUNT_LABELS: Labels = {
    "external_id": "externalid accountid companyid recordid hsobjectid id",
    "name": "accountname companyname name account company firma kunde kundenname",
    "segment": "segment marketsegment customersegment tier",
    "industry": "industry sector branche vertical",
    "region": "region officelocation billingcountry country territory land",
    "size_band": "sizeband companysize size",
    "employees": "numberofemployees employees employeecount mitarbeiter mitarbeiterzahl",
    "is_deleted": "isdeleted deleted fivetrandeleted",
}

CONTACT_LABELS: Labels = {
    "external_id": "externalid contactid recordid hsobjectid id",
    "name": "contactname fullname name contact",
    "first_name": "firstname vorname contactfirstname",
    "last_name": "lastname nachname contactlastname",
    "email": "email emailaddress contactemail",
    "title": "jobtitle title contacttitle position",
    "account": "accountname companyname company associatedcompany account firma",
    "account_external_id": "accountid companyid associatedcompanyid associatedcompanyids "
    "primaryassociatedcompanyid",
    "buying_role": "buyingrole hsbuyingrole contactrole role",
    "language": "language preferredlanguage hslanguage sprache",
    "time_zone": "timezone hstimezone zeitzone",
    "do_not_contact": "donotcontact hasoptedoutofemail emailoptout unsubscribedfromallemail "
    "hsemailoptout donotcall",
    "is_deleted": "isdeleted deleted fivetrandeleted",
}

LINK_LABELS: Labels = {
    "deal_external_id": "dealid opportunityid dealexternalid opportunity deal",
    "contact_external_id": "contactid contactexternalid contact",
    "buying_role": "role buyingrole contactrole label",
    "is_deleted": "isdeleted deleted fivetrandeleted",
}

# Labels that one system alone gives.
SALESFORCE_MARKS = frozenset(
    [
        "stagename",
        "iswon",
        "isclosed",
        "opportunityname",
        "opportunityowner",
        "forecastcategory",
        "forecastcategoryname",
        "hasopportunitylineitem",
        "systemmodstamp",
        "masterrecordid",
        "contactrole",
        "accountsource",
        "recordtypeid",
        "lastmodifiedbyid",
    ]
)
HUBSPOT_MARKS = frozenset(
    [
        "recordid",
        "dealname",
        "dealowner",
        "hsobjectid",
        "associatedcompany",
        "associatedcontact",
        "associatedcontactids",
        "associatedcompanyids",
        "dealpipelineid",
        "dealpipelinestageid",
        "portalid",
        "hubspotownerid",
        "closedlostreason",
    ]
)
